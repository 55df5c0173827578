import type { RunEvent } from '../../shared/events';

export type ParsedLine =
  | { readonly type: 'event'; readonly event: RunEvent }
  /** Nothing that this version knows; `why` is for the log. */
  | { readonly type: 'other'; readonly why: string };

/** A new kind of event fails to compile until it stands here. */
const knownTypes: Readonly<Record<RunEvent['type'], true>> = {
  'run-started': true,
  'comparison-started': true,
  'plan-changed': true,
  preflight: true,
  'trial-started': true,
  phase: true,
  sample: true,
  'exit-wait': true,
  'trial-finished': true,
  estimates: true,
  progress: true,
  warning: true,
  log: true,
  stopping: true,
  'comparison-finished': true,
  'run-finished': true,
};

const shownCharacters = 500;

/** A line of the engine's output. What is no event of ours is passed over with a reason: a newer engine may know more. */
export function parseRunEvent(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { type: 'other', why: `The engine wrote a line that is no JSON: ${shortened(line)}` };
  }
  if (isRunEvent(value)) return { type: 'event', event: value };
  return { type: 'other', why: `The engine wrote an event that this version does not know: ${shortened(line)}` };
}

/** The engine is the same version as we are, so its events' own fields are not checked one by one. */
function isRunEvent(value: unknown): value is RunEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'atMs' in value &&
    typeof value.atMs === 'number' &&
    'type' in value &&
    typeof value.type === 'string' &&
    Object.hasOwn(knownTypes, value.type)
  );
}

function shortened(line: string): string {
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line;
}
