import path from 'node:path';
import { formatDuration } from '../../shared/duration';
import { insightsSwitch } from '../../shared/insightsSwitch';
import { variableWords } from '../variableWords';
import { escapeMarkdown } from './runRow';
import type { Problem, ScenarioOverview, VariantOverview } from './readProject';

/** A row of *Scenarios & environments* in words. */
export interface PlainRow {
  readonly label: string;
  readonly description: string;
  /** Lines of Markdown, escaped. */
  readonly tooltip: readonly string[];
  readonly accessibleLabel: string;
}

/** `light_load`, `10 users · 2 min per environment`. */
export function scenarioRow({ name, load, isOwn }: ScenarioOverview): PlainRow {
  const words =
    'users' in load
      ? `${load.users} ${load.users === 1 ? 'user' : 'users'}`
      : `${load.ratePerSecond} requests/s${load.arrivals === 'poisson' ? ', irregular' : ''}`;
  const blocks = load.blocks === undefined ? [] : [load.blocks === 1 ? '1 block' : `${load.blocks} blocks`];
  const description = [words, `${formatDuration(load.durationSeconds)} per environment`, ...blocks].join(' · ');
  return {
    label: name,
    description,
    tooltip: [`**${escapeMarkdown(name)}**`, escapeMarkdown(description), isOwn ? 'From the project file' : 'Built in'],
    accessibleLabel: `Scenario ${name}, ${description}`,
  };
}

/** `with_insights`, `.env.flask.with_insights — HONEYBADGER_INSIGHTS_ENABLED=true · 12 variables, 3 hidden`: no other value is shown. */
export function variantRow(variant: VariantOverview, folder: string): PlainRow {
  if (variant.problem !== null) {
    const { label, ...row } = problemRow(variant.problem);
    return { ...row, label: variant.name, description: label };
  }
  const files = variant.files.map((file) => path.relative(folder, file).split(path.sep).join('/'));
  const lead = files.at(-1);
  const what = `${switchWords(variant.insightsSwitch)} · ${variableWords(variant.variables, variant.secrets)}`;
  const description = `${lead === undefined ? '' : `${path.posix.basename(lead)} — `}${what}`;
  const made = 'No file: set in the process environment of the run alone.';
  return {
    label: variant.name,
    description,
    tooltip: [
      `**${escapeMarkdown(variant.name)}**`,
      ...(files.length === 0 ? [made] : files.map(escapeMarkdown)),
      escapeMarkdown(what),
    ],
    accessibleLabel: `Environment ${variant.name}, ${description}`,
  };
}

/** The sentence, and the fix on hovering. */
export function problemRow({ message, hint }: Problem): PlainRow {
  return {
    label: message,
    description: hint ?? '',
    tooltip: [escapeMarkdown(message), ...(hint === null ? [] : [escapeMarkdown(hint)])],
    accessibleLabel: `Problem: ${[message, hint].filter((text) => text !== null).join('. ')}`,
  };
}

/** Whatever stands there is a value of the user's: long ones are cut. */
function switchWords(value: string | null): string {
  if (value === null) return `${insightsSwitch} not set`;
  return `${insightsSwitch}=${value.length > 12 ? `${value.slice(0, 12)}…` : value}`;
}
