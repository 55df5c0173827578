import { assertNever } from '../../shared/assertNever';
import { formatDuration } from '../../shared/duration';
import type { RunEvent, TrialRef } from '../../shared/events';

/** A line for one of the two output channels. */
export interface LogLine {
  readonly channel: 'own' | 'app';
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

/** The source by which the engine itself speaks in `log` events. */
const ownSource = 'insights-comparison';

/** What the output channels keep of an event; null: nothing, because it comes each second or the page shows it. */
export function logLine(event: RunEvent): LogLine | null {
  switch (event.type) {
    case 'run-started':
      return own(`Comparing ${event.targets.join(', ')}: about ${formatDuration(event.estimatedSeconds)}`);
    case 'comparison-started':
      return own(`${event.plan.target}: ${event.variants.join(' and ')}, results in ${event.folder}`);
    case 'plan-changed':
      return own(event.message);
    case 'preflight':
      return preflightLine(event);
    case 'trial-started':
      return own(`${trialName(event.trial)}: started`);
    case 'trial-finished':
      return own(`${trialName(event.trial)}: ${event.requests} requests, ${event.failures} failed`);
    case 'warning':
      return { channel: 'own', level: 'warn', text: sentences(event.warning.message, event.warning.advice) };
    case 'log':
      return event.source === ownSource
        ? own(event.line)
        : { channel: 'app', level: 'info', text: `${event.source}: ${event.line}` };
    case 'stopping':
      return own(`Stopping: ${event.reason}`);
    case 'comparison-finished':
      return event.error
        ? { channel: 'own', level: 'error', text: errorText(event.error) }
        : own(`${event.outcome}: ${event.sentence ?? 'no sentence'} (${event.recordPath ?? 'no record'})`);
    case 'run-finished':
      return event.error
        ? { channel: 'own', level: 'error', text: errorText(event.error) }
        : own(`The run ended with exit code ${event.exitCode}`);
    case 'phase':
    case 'sample':
    case 'exit-wait':
    case 'estimates':
    case 'progress':
      return null;
    default:
      return assertNever(event);
  }
}

function own(text: string): LogLine {
  return { channel: 'own', level: 'info', text };
}

function preflightLine(event: RunEvent & { readonly type: 'preflight' }): LogLine | null {
  const text = event.message.startsWith(event.check) ? event.message : `${event.check}: ${event.message}`;
  switch (event.state) {
    case 'running':
      return null;
    case 'ok':
      return own(text);
    case 'failed':
      return { channel: 'own', level: 'error', text };
    default:
      return assertNever(event.state);
  }
}

function trialName({ position, of, variant, kind, attempt }: TrialRef): string {
  const again = attempt === undefined ? '' : ', again: its block was disturbed';
  return `Trial ${position + 1} of ${of}, ${variant}, ${kind}${again}`;
}

/** Warnings come without a full stop where another sentence may follow. */
function sentences(message: string, advice: string): string {
  return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${advice}`;
}

function errorText({ message, hint }: { readonly message: string; readonly hint?: string }): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}
