import { html, nothing, type TemplateResult } from 'lit';
import { allTrials } from '../../src/shared/allTrials';
import type { TrialLogText } from '../../src/shared/panelProtocol';
import type { ComparisonRecord } from '../../src/shared/record';
import type { Act } from '../panelState';
import type { HostTab } from '../reportPage';
import { bytesText } from '../model/effectText';
import { emptyNote } from './part';

interface LoggedTrial {
  readonly position: number;
  readonly label: string;
}

/** What the app and its companions wrote, trial by trial; each is asked of the host when it is first looked at. */
export function createLogTab(
  record: ComparisonRecord,
  act: Act,
  redraw: () => void,
): (logs: ReadonlyMap<number, TrialLogText>) => HostTab {
  const trials = loggedTrials(record);
  const asked = new Set<number>();
  let chosen = trials[0]?.position ?? null;
  const show = (position: number): void => {
    chosen = position;
    redraw();
  };
  return (logs) => ({
    id: 'log',
    title: 'Log',
    before: null,
    parts: () => {
      if (chosen !== null && !asked.has(chosen)) {
        asked.add(chosen);
        act({ type: 'readLog', position: chosen });
      }
      const body =
        chosen === null
          ? emptyNote(
              'No trial was finished, so there is no log of one. The log of the last run is in the output panel.',
            )
          : html`${trialChoice(trials, chosen, show)} ${logText(logs.get(chosen))}`;
      return [
        {
          id: 'log',
          title: 'Log',
          lead: 'What the app and its companions wrote in each trial, secrets masked.',
          body,
        },
      ];
    },
  });
}

function loggedTrials(record: ComparisonRecord): readonly LoggedTrial[] {
  return allTrials(record).map(({ position, block, attempt, variant, kind }) => ({
    position,
    label: `${position + 1}: block ${block + 1}${attempt === undefined ? '' : ' again'}, ${variant}, ${kind}`,
  }));
}

function trialChoice(
  trials: readonly LoggedTrial[],
  chosen: number,
  onChoice: (position: number) => void,
): TemplateResult {
  const change = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) onChoice(Number(event.target.value));
  };
  return html`<div class="controls">
    <label
      >Trial
      <select @change=${change}>
        ${trials.map(
          ({ position, label }) =>
            html`<option value=${String(position)} ?selected=${position === chosen}>${label}</option>`,
        )}
      </select></label
    >
  </div>`;
}

function logText(log: TrialLogText | undefined): TemplateResult {
  if (log === undefined) return html`<p class="muted" role="status">Reading …</p>`;
  if (log.text === null) return emptyNote('The file of this log is not beside the record.');
  if (log.text.trim() === '') return emptyNote('Nothing was written in this trial.');
  return html`${
      log.leftOutBytes === 0
        ? nothing
        : html`<p class="muted small">
            ${bytesText(log.leftOutBytes)} before this are left out; the file is beside the record.
          </p>`
    }
    <div class="log-lines" role="region" aria-label="Log of the trial" tabindex="0"><pre>${log.text}</pre></div>`;
}
