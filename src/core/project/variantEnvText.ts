import { insightsSwitch, readSwitch } from '../../shared/insightsSwitch';

/** A new env file beside another: the same text with Insights the other way round. */
export interface VariantEnv {
  readonly text: string;
  readonly isOn: boolean;
  /** `.env.with_insights`. */
  readonly name: string;
}

const assignment = new RegExp(String.raw`^(\s*(?:export\s+)?${insightsSwitch}\s*=\s*)(.*)$`);

/**
 * The text of an env file with Insights switched to what it is not there (where it says nothing: on), everything else to the letter. The last
 * assignment of the switch decides, as in dotenv, and is the one that is changed; where there is none, a line is added.
 */
export function variantEnvText(source: string): VariantEnv {
  const lineEnd = source.includes('\r\n') ? '\r\n' : '\n';
  const lines = source.split(/\r?\n/);
  const at = lines.findLastIndex((line) => assignment.test(line));
  const [, head = '', rest = ''] = assignment.exec(lines[at] ?? '') ?? [];
  const value = /^\s*["']?([^"'#\s]*)/.exec(rest)?.[1];
  const isOn = at === -1 || readSwitch(value) !== true;
  const name = isOn ? '.env.with_insights' : '.env.without_insights';
  if (at >= 0) return { text: lines.with(at, `${head}${isOn}`).join(lineEnd), isOn, name };
  const before = source === '' || source.endsWith('\n') ? source : `${source}${lineEnd}`;
  return { text: `${before}${insightsSwitch}=${isOn}${lineEnd}`, isOn, name };
}
