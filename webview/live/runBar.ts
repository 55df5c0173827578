import { html, nothing, type TemplateResult } from 'lit';
import type { LiveRun } from '../../src/shared/liveRun';
import { actionButton } from '../components/actionButton';
import type { Act } from '../panelState';
import { doingWords, type Moment, phaseTimeWords, timeLeftWords, trialWords } from './liveWords';

export interface RunBarOptions {
  readonly moment: Moment;
  readonly isStopAsked: boolean;
  readonly act: Act;
}

/** What is measured, what is done now, how long it takes, and the way to end it: always in sight. */
export function runBar(run: LiveRun, options: RunBarOptions): TemplateResult {
  const { comparison, trial } = run;
  const left = timeLeftWords(run, options.moment);
  const phaseTime = phaseTimeWords(run, options.moment);
  const title = comparison === null ? null : [comparison.plan.target, comparison.plan.scenario.name];
  return html`<header class="run-bar">
    <div class="content">
      <div class="run-what">
        <h1>${title === null ? 'Insights comparison' : html`${title[0]} <span class="joint">·</span> ${title[1]}`}</h1>
        <p class="run-doing">
          <span role="status">
            ${trial === null ? nothing : `${trialWords(trial).join(' · ')} · `}<b>${doingWords(run)}</b>
          </span>
          ${phaseTime === null ? nothing : html`<span class="number muted">${phaseTime}</span>`}
        </p>
      </div>
      <div class="run-end">
        ${left === null ? nothing : html`<span class="run-left number">${left}</span>`} ${stopButton(run, options)}
      </div>
    </div>
    ${
      run.state === 'ended'
        ? nothing
        : html`<progress
            max="1"
            .value=${run.progress?.fraction ?? 0}
            aria-label=${comparison === null ? 'Progress' : `Progress of ${comparison.plan.target}`}
          ></progress>`
    }
  </header>`;
}

function stopButton({ state }: LiveRun, { isStopAsked, act }: RunBarOptions): TemplateResult | typeof nothing {
  if (state === 'ended') return nothing;
  const isStopping = state === 'stopping' || isStopAsked;
  return actionButton({
    label: isStopping ? 'Stopping …' : 'Stop',
    title: 'Ends the run; finished trials are kept',
    whyNot: isStopping ? 'It is stopping already' : null,
    onPress: () => act({ type: 'stop' }),
  });
}
