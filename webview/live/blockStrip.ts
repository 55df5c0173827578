import { html, nothing, type TemplateResult } from 'lit';
import type { LiveRun } from '../../src/shared/liveRun';
import { formatCount } from '../../src/shared/words/formatNumber';
import { variantClass } from '../components/variantLegend';
import type { VariantView } from '../model/comparisonView';
import { type BlockTrial, type LiveBlock, liveBlocks, type TrialState } from '../model/liveBlocks';
import { kindWords } from './liveWords';

const stateWords: Readonly<Record<TrialState, string>> = {
  pending: 'to come',
  on: 'on',
  undone: 'not finished',
  verified: 'done, events as expected',
  unproven: 'done, events not verified',
  unverified: 'done, events not as expected',
};

/** The plan as a strip: a mark per trial in the order drawn. Letter and colour: variant; shape: kind; outline: state. */
export function blockStrip(run: LiveRun, variants: readonly VariantView[]): TemplateResult | typeof nothing {
  const blocks = liveBlocks(run);
  if (blocks.length === 0) return nothing;
  const trials = blocks.flatMap((block) => block.trials);
  const done = trials.filter(({ requests }) => requests !== null);
  const failures = done.reduce((sum, trial) => sum + trial.failures, 0);
  const hasCapacity = trials.some(({ kind }) => kind === 'capacity');
  return html`<section class="block-strip" aria-label="Blocks">
    <ol class="order">
      ${blocks.map(
        (block) =>
          html`<li class=${block.trials.some(({ state }) => state === 'on') ? 'is-on' : ''}>
            ${blockName(block)} ${block.trials.map((trial) => trialMark(trial, variants))}
          </li>`,
      )}
    </ol>
    <p class="small muted">
      ${variants.map((variant, index) => `${letterOf(index)} ${variant.name}`).join(' · ')}${hasCapacity ? ' · square: scenario, circle: capacity' : ''}
      · ${formatCount(done.length)} of ${formatCount(trials.length)} trials
      done${failures === 0 ? ', no request failed' : html`, <b>${formatCount(failures)} requests failed</b>`}
    </p>
  </section>`;
}

/** `3`, `3 disturbed`, `3 again`: by words, so that it does not hang on a colour. */
function blockName({ block, isRepetition, isDisturbed }: LiveBlock): TemplateResult {
  const number = html`<span class="visually-hidden">Block </span>${block + 1}`;
  if (isRepetition)
    return html`<span title="The block before was disturbed: it is repeated whole">${number} again</span>`;
  if (!isDisturbed) return html`<span>${number}</span>`;
  return html`<span title="Other programs or other virtual machines took the CPU">${number} disturbed</span>`;
}

function trialMark(trial: BlockTrial, variants: readonly VariantView[]): TemplateResult {
  const { variant, kind, state, requests, failures } = trial;
  const index = variants.findIndex(({ name }) => name === variant);
  const view = variants[index];
  const hasFailed = state === 'unverified' || failures > 0;
  const counts =
    requests === null
      ? ''
      : `, ${formatCount(requests)} requests, ${failures === 0 ? 'none' : formatCount(failures)} failed`;
  const title = `${variant}, ${kindWords[kind]}: ${stateWords[state]}${counts}`;
  return html`<span
    class=${`trial ${kind} is-${state} ${hasFailed ? 'has-failed' : ''} ${view === undefined ? '' : variantClass(view)}`}
    role="img"
    aria-label=${title}
    title=${title}
    >${state === 'unverified' ? '✗' : failures > 0 ? '!' : letterOf(index)}</span
  >`;
}

function letterOf(index: number): string {
  return String.fromCharCode(65 + Math.max(0, index));
}
