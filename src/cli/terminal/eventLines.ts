import { assertNever } from '../../shared/assertNever';
import { formatDuration } from '../../shared/duration';
import type { RunEvent } from '../../shared/events';
import type { PlanSummary } from '../../shared/record';
import { formatCount, formatPercent } from '../../shared/words/formatNumber';
import type { Colours } from './colours';
import { withoutControls } from './displayWidth';
import { forcedWords, trialName } from '../../shared/words/trialWords';

/** The lines that an event leaves behind for good, the same in a terminal and in a log file. Most events leave none. */
export function eventLines(event: RunEvent, colours: Colours): readonly string[] {
  switch (event.type) {
    case 'run-started':
      return [
        `Measuring ${event.targets.map(withoutControls).join(', ')}: about ${formatDuration(event.estimatedSeconds)} in all`,
      ];
    case 'comparison-started':
      return [
        colours.bold(`${withoutControls(event.plan.target)} · ${withoutControls(event.plan.scenario.name)}`) +
          ` · ${event.variants.map(withoutControls).join(' against ')} · ${blocksText(event.plan)} · seed ${event.plan.seed}`,
        colours.dim(`  record: ${withoutControls(event.folder)}`),
      ];
    case 'plan-changed':
      return [withoutControls(event.message)];
    case 'preflight':
      return preflightLines(event, colours);
    case 'trial-finished':
      return [trialLine(event, colours)];
    case 'warning':
      return [
        `${colours.yellow('!')} ${withoutControls(event.warning.message)}`,
        `  ${withoutControls(event.warning.advice)}`,
      ];
    case 'stopping':
      return [`Stopping: ${withoutControls(event.reason)}. What was measured is kept; press Ctrl-C again to force.`];
    case 'comparison-finished':
    case 'run-finished':
      return event.error === undefined ? [] : errorLines(event.error, colours);
    case 'trial-started':
    case 'phase':
    case 'sample':
    case 'exit-wait':
    case 'estimates':
    case 'progress':
    case 'log':
      return [];
    default:
      return assertNever(event);
  }
}

function blocksText({ blocks, until }: PlanSummary): string {
  const text = `${formatCount(blocks)} ${blocks === 1 ? 'block' : 'blocks'}`;
  return until === undefined
    ? text
    : `${text} first, then as many as ±${formatPercent(until.halfWidth)} of CPU per request takes`;
}

function preflightLines(event: Extract<RunEvent, { type: 'preflight' }>, colours: Colours): readonly string[] {
  const text = withoutControls(event.message);
  switch (event.state) {
    case 'running':
      return [colours.dim(`  ${withoutControls(event.message)}`)];
    case 'ok':
      return [`${colours.green('✓')} ${text}`];
    case 'failed':
      return [`${colours.red('✗')} ${text}`];
    default:
      return assertNever(event.state);
  }
}

function trialLine(event: Extract<RunEvent, { type: 'trial-finished' }>, colours: Colours): string {
  const { trial, requests, failures, verification, exit } = event;
  const failed = failures === 0 ? '' : `, ${colours.yellow(`${formatCount(failures)} failed`)}`;
  const isVerified = verification.ok !== false;
  const mark = isVerified ? colours.green('✓') : colours.red('✗');
  const reason = isVerified ? '' : ` · ${withoutControls(verification.reason ?? 'its events could not be verified')}`;
  const killed = exit.forced ? ` · ${forcedWords(exit)}` : '';
  const disturbed = event.disturbed === true ? ` · ${colours.yellow('disturbed by other programs')}` : '';
  const place = colours.dim(`${trial.position + 1}/${trial.of}`);
  return `${mark} ${place} ${withoutControls(trialName(trial))} · ${formatCount(requests)} requests${failed}${killed}${disturbed}${reason}`;
}

function errorLines(error: { readonly message: string; readonly hint?: string }, colours: Colours): readonly string[] {
  return [
    `${colours.red('Error')}: ${withoutControls(error.message)}`,
    ...(error.hint ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [`  ${withoutControls(line)}`])),
  ];
}
