import { fewestBlocks } from '../../shared/effects/effectFigures';
import { createLatencyReader } from '../../shared/effects/latencyReader';
import { endpointContributions } from '../../shared/endpointContributions';
import {
  designFacts,
  instrumentFacts,
  machineFacts,
  type MethodFact,
  verificationText,
} from '../../shared/methodFacts';
import { isMetricName, metricNamed } from '../../shared/metrics';
import type { ComparisonRecord, Effect } from '../../shared/record';
import { adjustmentSentence } from '../../shared/words/adjustmentWords';
import { costAtRateWords, splitOfRecord } from '../../shared/words/costAtRateWords';
import { budgetWords } from '../../shared/words/budgetWords';
import { intervalText, isSmallerThanMatters, verdictWord } from '../../shared/words/effectWords';
import { formatChange, formatDifference, formatPercent, formatQuantity } from '../../shared/words/formatNumber';
import { candidatesOf, headlineEffects } from '../../shared/words/leadEffects';
import { effectNoise, noiseLine, noiseShareText } from '../../shared/words/noiseWords';
import { candidatesTable } from './candidatesTable';
import { codeSpan, escapeMarkdown } from './escapeMarkdown';
import { resolutionTable } from './resolutionTable';
import { stepsTable } from './stepsTable';

/** How much is shown, so that any number of candidates stays under 60 lines; the rest is in the page. */
interface Room {
  readonly candidates: number;
  readonly secondaryRows: number;
  readonly hasDetails: boolean;
  readonly warnings: number;
}

function roomFor(candidates: number): Room {
  if (candidates <= 1) return { candidates: 1, secondaryRows: 6, hasDetails: true, warnings: 8 };
  if (candidates === 2) return { candidates: 2, secondaryRows: 3, hasDetails: true, warnings: 5 };
  return { candidates: mostColumns, secondaryRows: 4, hasDetails: false, warnings: 5 };
}

/** The baseline against itself: what contributes to a difference that is none is worth no line. */
const roomOfCheck: Room = { candidates: 1, secondaryRows: 3, hasDetails: false, warnings: 5 };

/** From so many candidates on they stand side by side in one table; more than `mostColumns` of them no page is wide enough for. */
const sideBySide = 3;
const mostColumns = 6;

const mostContributors = 3;

/**
 * The comparison for a pull request, under 60 lines: verdict, what changed, where it comes from, events, how it was
 * measured, warnings, and the command that repeats it. Names and messages are escaped: none can become markup.
 */
export function markdownReport(record: ComparisonRecord): string {
  const known = { ...record, effects: record.effects.filter((effect) => isMetricName(effect.metric)) };
  const { target, scenario } = record.plan;
  const candidates = candidatesOf(known);
  const room = record.plan.purpose === 'aa' ? roomOfCheck : roomFor(candidates.length);
  const left = candidates.length - room.candidates;
  const shown = candidates.slice(0, room.candidates);
  return [
    commentMarker(record),
    `### Insights comparison: ${escapeMarkdown(target)} · ${escapeMarkdown(scenario.name)}`,
    '',
    `**${ended(escapeMarkdown(record.sentence))}**`,
    ...budgetLines(record),
    ...(candidates.length >= sideBySide
      ? candidatesTable(known, shown, sharedMetrics(known, shown, room))
      : shown.flatMap((candidate) => candidateLines(known, candidate, room))),
    ...stepsTable(known),
    ...noiseLines(known),
    ...resolutionTable(known),
    ...(left > 0 ? ['', `${left} more ${left === 1 ? 'variant is' : 'variants are'} in the report.`] : []),
    ...warningLines(record, room),
    ...methodLines(record),
    '',
    'To measure it again:',
    '',
    // Indented code: nothing in a command can end it.
    `    ${oneLine(record.plan.repeatCommand)}`,
    '',
  ].join('\n');
}

/** Not to be seen: by it a comment in a pull request is found again, so that the next run's report takes its place. */
function commentMarker({ plan }: Pick<ComparisonRecord, 'plan'>): string {
  // No name can end the comment.
  const names = [plan.target, plan.scenario.name].map((name) => encodeURIComponent(name).replaceAll('-', '%2D'));
  return `<!-- insights-comparison: ${names.join(' ')} -->`;
}

function candidateLines(record: ComparisonRecord, candidate: string, room: Room): string[] {
  const secondary = worthKnowing(record, candidate).slice(0, room.secondaryRows);
  const rows = [...headlineEffects(record, candidate), ...secondary];
  if (rows.length === 0) return [];
  const baseline = escapeMarkdown(record.variants[0]?.name ?? 'baseline');
  return [
    '',
    `| | ${baseline} | ${escapeMarkdown(candidate)} | difference | relative | interval | |`,
    '| --- | ---: | ---: | ---: | ---: | --- | --- |',
    ...rows.map((effect) => effectRow(effect, record.noise)),
    ...adjustmentLine(record, candidate),
    ...(room.hasDetails
      ? [...contributorLine(record, candidate), ...eventsLine(record, candidate), ...rateLine(record, candidate)]
      : []),
  ];
}

/** The rows of a table of several candidates: headline metrics, events, and what is worth knowing of any of them. */
function sharedMetrics(record: ComparisonRecord, candidates: readonly string[], room: Room): readonly string[] {
  const worth = candidates.flatMap((candidate) =>
    worthKnowing(record, candidate).filter((one) => !isSmallerThanMatters(one)),
  );
  const sends = record.effects.some(
    ({ metric, candidateMean }) => metric === 'events_per_request' && candidateMean > 0,
  );
  return [
    ...record.headline,
    ...(sends ? ['events_per_request'] : []),
    ...[...new Set(worth.map(({ metric }) => metric))].slice(0, room.secondaryRows),
  ];
}

/** Secondary metrics of the whole target: changes that matter, then inconclusive ones that may, then the small changes. */
function worthKnowing(record: ComparisonRecord, candidate: string): readonly Effect[] {
  const secondary = record.effects.filter(
    ({ scope, family, candidate: name, metric }) =>
      scope.kind === 'total' && family === 'secondary' && name === candidate && !eventMetrics.has(metric),
  );
  const changed = secondary.filter(({ verdict }) => verdict === 'increase' || verdict === 'decrease');
  return [
    ...changed.filter((effect) => !isSmallerThanMatters(effect)),
    ...secondary.filter((effect) => effect.verdict === 'inconclusive' && couldMatter(effect)),
    ...changed.filter(isSmallerThanMatters),
  ];
}

/** These have a line of their own. */
const eventMetrics: ReadonlySet<string> = new Set(['events_per_request', 'event_bytes_per_request']);

/** Whether the interval reaches beyond what matters: only then is "inconclusive" worth a line. */
function couldMatter({ difference, smallestEffect }: Effect): boolean {
  if (difference === null || smallestEffect === null) return false;
  return difference.low < -smallestEffect || difference.high > smallestEffect;
}

function effectRow(effect: Effect, floor: ComparisonRecord['noise']): string {
  const noise = effectNoise(floor, effect);
  const { label, unit } = metricNamed(effect.metric);
  const cells = [
    label,
    formatQuantity(effect.baselineMean, unit),
    formatQuantity(effect.candidateMean, unit),
    effect.difference === null ? '–' : formatDifference(effect.difference.estimate, unit),
    effect.ratio === null ? '–' : formatChange(effect.ratio.estimate),
    (intervalText(effect) || '–') + (noise === null ? '' : ` (noise ±${noiseShareText(noise)})`),
    verdictWord(effect) + (isSmallerThanMatters(effect) ? ', but less than matters' : ''),
  ];
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}

function contributorLine(record: ComparisonRecord, candidate: string): string[] {
  const rows = endpointContributions(record, record.variants[0]?.name ?? '', candidate).filter(
    (row) => row.contributionMs !== null,
  );
  const [first, ...others] = rows.slice(0, mostContributors).map((row) => {
    const added = formatDifference(row.contributionMs ?? 0, 'ms');
    return `${codeSpan(row.name)} ${added} (${formatPercent(row.share)} of the requests)`;
  });
  if (first === undefined) return [];
  const rest = others.length === 0 ? '' : `; then ${others.join(', ')}`;
  return ['', `Largest contribution to the mean latency: ${first}${rest}. Exploratory.`];
}

function eventsLine(record: ComparisonRecord, candidate: string): string[] {
  const mean = (metric: string): number | undefined =>
    record.effects.find(
      (effect) => effect.metric === metric && effect.scope.kind === 'total' && effect.candidate === candidate,
    )?.candidateMean;
  const events = mean('events_per_request');
  if (events === undefined || events <= 0) return [];
  const seconds = record.trials.reduce((sum, trial) => sum + trial.durationSeconds, 0);
  const rate = record.trials.reduce((sum, trial) => sum + trial.requests, 0) / Math.max(seconds, 1e-9);
  const perDay = (requestsPerSecond: number): string => formatQuantity(events * requestsPerSecond * 86_400, 'count');
  const bytes = mean('event_bytes_per_request');
  return [
    '',
    `Events: ${formatQuantity(events, 'count/request')}${bytes === undefined ? '' : ` (${formatQuantity(bytes, 'bytes')})`}, ${perDay(1)} a day at 1 req/s, ${perDay(rate)} at this load's ${formatQuantity(rate, '1/s')}.`,
  ];
}

function adjustmentLine(record: ComparisonRecord, candidate: string): string[] {
  const sentence = adjustmentSentence(record, candidate);
  return sentence === null ? [] : ['', escapeMarkdown(sentence)];
}

/** Rates that teams know themselves by. */
const predictedRates = [1, 30, 300];

function rateLine(record: ComparisonRecord, candidate: string): string[] {
  const split = splitOfRecord(record, candidate, createLatencyReader());
  if ('reason' in split || split.blocks.length < fewestBlocks) return [];
  const predicted = predictedRates.map((rate) => `${costAtRateWords(split.blocks, rate)} at ${rate} req/s`);
  return ['', `CPU predicted from marginal and standing cost: ${predicted.join(', ')}.`];
}

function noiseLines(record: ComparisonRecord): string[] {
  const line = noiseLine(record);
  return line === '' ? [] : ['', ended(escapeMarkdown(line))];
}

function budgetLines(record: ComparisonRecord): string[] {
  const { budgets } = record;
  if (budgets.length === 0) return [];
  const results = budgets.map((budget) => {
    const words = budgetWords(record, budget);
    return `${codeSpan(`${budget.metric} ${budget.limit}`)} ${budget.result === 'fail' ? `**${words}**` : words}`;
  });
  return ['', `Budgets: ${results.join(' · ')}`];
}

function warningLines({ warnings }: ComparisonRecord, room: Room): string[] {
  if (warnings.length === 0) return [];
  const shown = warnings.slice(0, room.warnings);
  const left = warnings.length - shown.length;
  return [
    '',
    ...shown.map(({ message, advice }) => `- ⚠ ${ended(escapeMarkdown(message))} ${ended(escapeMarkdown(advice))}`),
    ...(left === 0 ? [] : [`- ${left} more in the report`]),
  ];
}

function methodLines(record: ComparisonRecord): string[] {
  const line = (title: string, facts: readonly MethodFact[]): string =>
    `- ${title}: ${facts.map(({ name, text }) => escapeMarkdown(`${name} ${text}`)).join(' · ')}`;
  const instrument = [{ name: 'Events', text: verificationText(record) }, ...instrumentFacts(record)];
  return [
    '',
    '<details><summary>How measured</summary>',
    '',
    line('Design', designFacts(record)),
    line('Where', machineFacts(record)),
    line('Instrument', instrument),
    `- Record: ${codeSpan(record.id)}, ${escapeMarkdown(record.createdAt)}, Insights comparison ${escapeMarkdown(record.tool.version)}`,
    '',
    '</details>',
  ];
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
