import { isLoopback } from '../isLoopback';

/** The machine that an address is of, by its name; undefined: this one, or no address at all. */
export function otherHost(url: string | undefined): string | undefined {
  return url === undefined || !URL.canParse(url) || isLoopback(url) ? undefined : new URL(url).hostname;
}
