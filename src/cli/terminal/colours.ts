import picocolors from 'picocolors';

export type Colours = ReturnType<typeof picocolors.createColors>;

/**
 * Whether a stream gets colours: only a terminal, never with `--no-color`, a set `NO_COLOR` (no-color.org: any value but
 * the empty one) or `TERM=dumb`; `FORCE_COLOR` (but 0) asks for them where there is no terminal.
 */
export function isColourAllowed(options: {
  readonly isTty: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isSwitchedOff: boolean;
}): boolean {
  const { env } = options;
  if (options.isSwitchedOff || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return options.isTty && env['TERM'] !== 'dumb';
}

/** Colour functions; without permission they return the text as it is. */
export function createColours(isAllowed: boolean): Colours {
  return picocolors.createColors(isAllowed);
}

/** What is to be known of a stream and of the command that writes to it. */
export interface ColouredOutput {
  readonly stream: { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `--no-color` is false; left out: nothing was said. */
  readonly color?: boolean | undefined;
}

/** The colours that a stream gets. */
export function coloursFor({ stream, environment, color }: ColouredOutput): Colours {
  return createColours(
    isColourAllowed({ isTty: stream.isTTY === true, env: environment, isSwitchedOff: color === false }),
  );
}
