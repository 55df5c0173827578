import { formatQuantity } from '../../shared/words/formatNumber';
import type { Colours } from './colours';
import { displayWidth, truncateToWidth, withoutControls } from './displayWidth';
import { clockText } from '../../shared/words/clockText';
import { phaseWords, trialName } from '../../shared/words/trialWords';
import type { RunView } from './runView';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * The lines that a terminal shows while a run is on: what is being done, the bar of the whole plan, how to stop.
 * None is wider than `columns`. Empty before the first comparison.
 */
export function liveLines(
  view: RunView,
  options: { columns: number; nowMs: number; colours: Colours },
): readonly string[] {
  const { columns, nowMs, colours } = options;
  if (view.target === null) return [];
  const frame = spinner[Math.floor(nowMs / 100) % spinner.length] ?? '';
  const lines = [
    `${colours.cyan(frame)} ${doingText(view, nowMs)}${liveFigures(view, colours)}`,
    progressLine(view, columns, colours),
    colours.dim(stopText(view)),
  ];
  return lines.map((line) => (displayWidth(line) > columns ? truncateToWidth(line, columns) : line));
}

function doingText(view: RunView, nowMs: number): string {
  const { trial, phase, exitWait } = view;
  if (trial === null) return `${withoutControls(view.target ?? '')}: checking and preparing`;
  const where = withoutControls(trialName(trial));
  if (exitWait !== null) {
    return `${where} · waiting for ${withoutControls(exitWait.process)} to exit: ${clockText(exitWait.limitSeconds - exitWait.elapsedSeconds)} at most`;
  }
  if (phase === null) return where;
  const gone = (nowMs - view.phaseStartedAtMs) / 1000;
  const time =
    view.phaseSeconds === null
      ? ''
      : ` ${clockText(Math.min(gone, view.phaseSeconds))}/${clockText(view.phaseSeconds)}`;
  return `${where} · ${phaseWords[phase]}${time}`;
}

function liveFigures({ sample, phase }: RunView, colours: Colours): string {
  if (sample === null || (phase !== 'measuring' && phase !== 'warming')) return '';
  const p95 = sample.latencyP95Ms === null ? '' : ` · p95 ${formatQuantity(sample.latencyP95Ms, 'ms')}`;
  const failed = sample.failures === 0 ? '' : colours.yellow(` · ${sample.failures} failed`);
  return ` · ${formatQuantity(sample.requests, '1/s')}${p95}${failed}`;
}

function progressLine(view: RunView, columns: number, colours: Colours): string {
  const fraction = Math.min(1, Math.max(0, view.fraction));
  const left = view.remainingSeconds === null ? '' : ` · ${clockText(view.remainingSeconds)} left`;
  const place = view.trial === null ? '' : ` · trial ${view.trial.position + 1} of ${view.trial.of}`;
  const text = ` ${Math.floor(fraction * 100)} %${left}${place}`;
  const width = Math.max(4, Math.min(32, columns - displayWidth(text) - 2));
  const filled = Math.round(fraction * width);
  return `  ${colours.cyan('━'.repeat(filled))}${colours.dim('─'.repeat(width - filled))}${text}`;
}

function stopText({ exitWait, isStopping }: RunView): string {
  if (exitWait !== null) return '  press Ctrl-C again to force: the app is still delivering its events';
  return isStopping ? '  stopping; press Ctrl-C again to force' : '  Ctrl-C stops and keeps what was measured';
}
