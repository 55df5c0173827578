import { isSecretName } from '../../shared/isSecretName';

/** Sizes the environment so that it takes the same room in every variant: its size alone shifts timings (Mytkowicz et al. 2009). */
const padVariable = 'INSIGHTS_COMPARISON_PAD';

export interface EnvironmentLayers {
  readonly inherited: Readonly<Record<string, string>>;
  /** The variant's own values, placeholders still in them. */
  readonly variant: Readonly<Record<string, string>>;
  /** Where this trial's own state is. */
  readonly state: Readonly<Record<string, string>>;
  /** What we add for every variant alike, and the tag that marks our processes. */
  readonly injected: Readonly<Record<string, string>>;
  readonly placeholders: Readonly<Record<Placeholder, string>>;
  readonly paddedBytes: number;
}

export type Placeholder = 'python' | 'port' | 'state' | 'target';

/** The whole environment of a trial's processes; later layers win: inherited, variant, state, injected, padding. */
export function composeEnvironment(layers: EnvironmentLayers): Record<string, string> {
  const variant = Object.fromEntries(
    Object.entries(layers.variant).map(([name, value]) => [name, fillPlaceholders(value, layers.placeholders)]),
  );
  const environment = { ...layers.inherited, ...variant, ...layers.state, ...layers.injected };
  const missing = layers.paddedBytes - environmentBytes(environment) - padVariable.length - 2;
  return { ...environment, [padVariable]: 'x'.repeat(Math.max(0, missing)) };
}

/** Fills `{python} {port} {state} {target}`; anything else in braces stays. */
export function fillPlaceholders(text: string, placeholders: Readonly<Record<Placeholder, string>>): string {
  return text.replaceAll(/\{(python|port|state|target)\}/g, (_, name: Placeholder) => placeholders[name]);
}

/** Bytes that the environment takes on a new process's stack: `NAME=value` and a zero byte each. */
export function environmentBytes(environment: Readonly<Record<string, string>>): number {
  return Object.entries(environment).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value) + 2,
    0,
  );
}

/** The size that every variant is padded to: room for the largest, and for what a trial adds. */
export function paddedEnvironmentBytes(environments: readonly Readonly<Record<string, string>>[]): number {
  const page = 4096;
  return Math.ceil((Math.max(0, ...environments.map(environmentBytes)) + page) / page) * page;
}

const ours = /^(INSIGHTS_COMPARISON_|npm_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$|NODE_CHANNEL_|INIT_CWD$|VSCODE_)/;

/** What a target inherits of our own environment: all but what npm, the editor and we put there. */
export function inheritableEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || ours.test(name) ? [] : [[name, value]],
    ),
  );
}

/** Values that must never stand in a log, a record or a report. */
export function secretValues(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    if (isSecretName(name) && value.length >= 4) return [value];
    const inUrl = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s@]{4,})@/i.exec(value)?.[1];
    return inUrl === undefined ? [] : [inUrl];
  });
}
