import { assertNever } from '../assertNever';
import { smallerThanMatters } from '../effects/effectFigures';
import { metricNamed } from '../metrics';
import { healthyName, outageWords } from '../outage';
import type { Effect } from '../record';
import { halfWidthShare } from '../statistics/twoStage';
import {
  effectSize,
  effectWords,
  frontIntervalText,
  isSmallerThanMatters,
  unsignedEffectSize,
  verdictWord,
} from './effectWords';
import { formatCount, formatNumber, formatPercent } from './formatNumber';
import { candidatesOf, headlineEffects, outageOf, totalEffect, type WordsInput } from './leadEffects';
import { metricPhrase } from './metricPhrase';
import { secondsPerBlock } from './secondsPerBlock';
import { stepsSentence } from './stepWords';

const secondsPerDay = 86_400;
/** A comparison of so few blocks is a first look, whatever its scenario is called. */
const firstLookBlocks = 3;
/** An exit that an outage makes longer by less is not worth a word. */
const longExitMs = 1_000;

/**
 * The verdict of a comparison in words, without a full stop at its end: verdict first, uncertainty always, absolute before
 * relative. A partial or invalid comparison says so and claims nothing; the baseline against itself tells the noise floor.
 */
export function verdictSentence(record: WordsInput): string {
  switch (record.status) {
    case 'partial':
      return `Partial: ${blocksWords(record)}, so there is no verdict${reasonWords(record)}`;
    case 'invalid':
      return `Invalid: nothing can be concluded from this comparison${reasonWords(record)}`;
    case 'complete':
      return record.plan.purpose === 'aa' ? noiseFloorSentence(record) : comparisonSentence(record);
    default:
      return assertNever(record.status);
  }
}

function comparisonSentence(record: WordsInput): string {
  const steps = stepsSentence(record);
  const sentences = [
    ...candidatesOf(record).map((candidate) => candidateSentence(record, candidate)),
    ...(steps === '' ? [] : [steps]),
  ];
  const { scenario, blocks, until } = record.plan;
  // With --until even `quick` measures until it knows enough.
  const isFirstLook = (scenario.name === 'quick' && until === undefined) || blocks <= firstLookBlocks;
  return (isFirstLook ? 'A first look: ' : '') + sentences.join('. ');
}

/**
 * The lead (the first headline metric with a claim, else the first) with the events; then whatever else is claimed: of several candidates in
 * a word each, because their sizes with intervals would be more than a sentence holds (the tables have them).
 */
function candidateSentence(record: WordsInput, candidate: string): string {
  const effects = headlineEffects(record, candidate);
  const claims = effects.filter(isClaim);
  const [first] = effects;
  const lead = claims[0] ?? first;
  const subject = subjectWords(record, candidate);
  if (!lead) return `${subject}: nothing was measured that could be judged`;
  const isHealthy = outageOf(record, candidate) === undefined;
  const deeds = isHealthy ? eventsWords(record, candidate) : outageDeeds(record, candidate);
  const also = claims.slice(1).map(candidatesOf(record).length > 1 ? shortClaim : claimWords);
  return [
    isClaim(lead)
      ? `${subject} ${predicate(lead)}${deeds}`
      : `${subject}: ${standing(lead, record)}${deeds && `; it ${deeds.slice(' and '.length)}`}`,
    ...(also.length > 0 ? [`Also ${also.join('; ')}`] : []),
    ...(first && first !== lead ? [upperFirst(standing(first, record))] : []),
  ].join('. ');
}

/** `with_insights`; `While Honeybadger answers 429, with_insights`. */
function subjectWords(record: WordsInput, candidate: string): string {
  const outage = outageOf(record, candidate);
  return outage === undefined ? candidate : `While ${outageWords(outage)}, ${healthyName(candidate, outage)}`;
}

/** What an outage does beside the headline: ` and loses 276 events per trial, and takes 10 s to end instead of 0.37 s`. */
function outageDeeds({ effects }: WordsInput, candidate: string): string {
  const lost = totalEffect(effects, candidate, 'events_dropped')?.candidateMean ?? 0;
  const exit = totalEffect(effects, candidate, 'shutdown_ms');
  const isLong = exit !== undefined && exit.candidateMean - exit.baselineMean >= longExitMs;
  const deeds = [
    ...(lost > 0 ? [` and loses ${formatCount(lost)} events per trial`] : []),
    ...(isLong
      ? [` and takes ${secondsText(exit.candidateMean)} to end instead of ${secondsText(exit.baselineMean)}`]
      : []),
  ];
  return deeds.join(',');
}

function secondsText(ms: number): string {
  return `${formatNumber(ms / 1000)} s`;
}

/** `costs +0.31 ms CPU per request (…)`, `has mean latency slower by 0.3 ms (…)`. */
function predicate(effect: Effect): string {
  const { words } = metricNamed(effect.metric);
  const isCost = words.up === 'costlier';
  if (!isCost) return `has ${claimWords(effect)}`;
  const size =
    effect.verdict === 'increase'
      ? `costs ${splitSize(effectSize(effect), effect)}`
      : `saves ${splitSize(unsignedEffectSize(effect), effect)}`;
  return size + smallNote(effect);
}

/** Puts what it costs between the size and its uncertainty: `+0.31 ms` + ` CPU per request` + ` (+6.2 %; …)`. */
function splitSize(size: string, effect: Effect): string {
  return size.replace(' (', ` ${metricPhrase(effect.metric)} (`);
}

/** `mean latency slower by 0.3 ms (+8.7 %; 98.75 % CI +3.3 to +14.3)`. */
function claimWords(effect: Effect): string {
  return `${metricPhrase(effect.metric)} ${verdictWord(effect)} by ${unsignedEffectSize(effect)}${smallNote(effect)}`;
}

/** `mean latency slower`. */
function shortClaim(effect: Effect): string {
  return `${metricPhrase(effect.metric)} ${verdictWord(effect)}${smallNote(effect)}`;
}

/** A headline metric without a claim: `CPU per request shows no difference larger than 2 % (…)`. */
function standing(effect: Effect, record: WordsInput): string {
  const words = effectWords(effect, { secondsPerBlock: secondsPerBlock(record.plan) });
  const verb = effect.verdict === 'equivalent' ? 'shows' : 'is';
  return `${metricPhrase(effect.metric)} ${verb} ${words}`;
}

function smallNote(effect: Effect): string {
  return isSmallerThanMatters(effect) ? `, ${smallerThanMatters}` : '';
}

function eventsWords(record: WordsInput, candidate: string): string {
  const perRequest = totalEffect(record.effects, candidate, 'events_per_request')?.candidateMean ?? 0;
  if (perRequest <= 0) return '';
  return ` and sends ${formatNumber(perRequest)} events per request: ${formatNumber(perRequest * secondsPerDay)} a day at 1 req/s`;
}

/**
 * Whether anything was claimed of an identical pair, and what a difference must exceed on this machine to be seen: half of the interval
 * of the baseline against itself.
 */
function noiseFloorSentence(record: WordsInput): string {
  const effects = candidatesOf(record).flatMap((candidate) => headlineEffects(record, candidate));
  const claims = effects.filter(isClaim);
  const [lead] = effects;
  const found =
    claims.length === 0
      ? effects.every((effect) => effect.verdict === null)
        ? 'too little was measured to judge'
        : 'no difference found, so nothing was wrongly claimed'
      : `wrongly found ${claims.map(claimWords).join('; ')}, which is chance (at most 5 % of such runs) or an unsteady machine`;
  return `The baseline against itself: ${found}${lead?.ratio ? `; ${floorWords(lead)}` : ''}`;
}

function floorWords(effect: Effect): string {
  return `this machine resolves ±${formatPercent(noiseFloorShare(effect))} of ${metricPhrase(effect.metric)} here (${frontIntervalText(effect)}, ${effect.blocks} blocks)`;
}

/** Half of the width of a ratio's interval, as a share (0.021 = ±2.1 %), even on the logarithmic scale. */
export function noiseFloorShare(effect: Effect): number {
  const share = effect.ratio ? halfWidthShare(effect.ratio) : 0;
  return Math.round(share * 1000) / 1000;
}

function blocksWords(record: WordsInput): string {
  const measured = Math.max(0, ...record.effects.map(({ blocks }) => blocks));
  return `${measured} of ${record.plan.blocks} blocks were measured`;
}

function reasonWords({ outcomeReason }: WordsInput): string {
  return outcomeReason ? `: ${outcomeReason.replace(/\.$/, '')}` : '';
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isClaim(effect: Effect): boolean {
  return effect.verdict === 'increase' || effect.verdict === 'decrease';
}
