import type { Writable } from 'node:stream';
import type { RunEvent } from '../../shared/events';
import { formatQuantity } from '../../shared/words/formatNumber';
import { createColours } from './colours';
import { withoutControls } from './displayWidth';
import { eventLines } from './eventLines';
import type { EventRenderer } from './eventRenderer';
import { clockText } from '../../shared/words/clockText';
import { phaseWords, trialName } from '../../shared/words/trialWords';
import { emptyRunView, reduceRunView, type RunView } from './runView';

const quietMs = 10_000;

/**
 * For a log file or CI: one line per phase of a trial, and one every 10 s while nothing else is said. No colour, no cursor
 * movement. Time is the events' own (`atMs`), so the output is a function of the events.
 */
export function plainRenderer(stream: Writable): EventRenderer {
  const colours = createColours(false);
  let view: RunView = emptyRunView;
  let lastLineAtMs = Number.NEGATIVE_INFINITY;
  let isClosed = false;
  stream.on('error', () => {
    isClosed = true;
  });

  return {
    onEvent(event: RunEvent): void {
      view = reduceRunView(view, event);
      const lines = [...eventLines(event, colours), ...phaseLine(event)];
      const isQuiet = lines.length === 0 && event.atMs - lastLineAtMs >= quietMs && view.trial !== null;
      const all = isQuiet ? [statusLine(view, event.atMs)] : lines;
      if (all.length === 0 || isClosed) return;
      lastLineAtMs = event.atMs;
      stream.write(all.map((line) => `${line}\n`).join(''));
    },
    close: () => Promise.resolve(),
  };
}

function phaseLine(event: RunEvent): readonly string[] {
  if (event.type !== 'phase' || event.phase === 'done') return [];
  const length = event.seconds === null ? '' : ` (${clockText(event.seconds)})`;
  return [
    `${event.trial.position + 1}/${event.trial.of} ${withoutControls(trialName(event.trial))}: ${phaseWords[event.phase]}${length}`,
  ];
}

/** `3/24 block 1/6 · with_insights: measuring, 4.9 req/s, p95 11.2 ms; 12:40 left`. */
function statusLine(view: RunView, atMs: number): string {
  const { trial, phase, sample, exitWait, remainingSeconds } = view;
  const where = trial === null ? '' : `${trial.position + 1}/${trial.of} ${withoutControls(trialName(trial))}: `;
  const doing =
    exitWait !== null
      ? `waiting for ${withoutControls(exitWait.process)} to exit, ${clockText(exitWait.elapsedSeconds)} of at most ${clockText(exitWait.limitSeconds)}`
      : phase === null
        ? 'preparing'
        : `${phaseWords[phase]} for ${clockText((atMs - view.phaseStartedAtMs) / 1000)}`;
  const rate = sample === null ? '' : `, ${formatQuantity(sample.requests, '1/s')}`;
  const p95 = sample?.latencyP95Ms == null ? '' : `, p95 ${formatQuantity(sample.latencyP95Ms, 'ms')}`;
  const left = remainingSeconds === null ? '' : `; ${clockText(remainingSeconds)} left`;
  return `${where}${doing}${rate}${p95}${left}`;
}
