/**
 * What `npm run acceptance` hands from one file to the next. A part is a file of `acceptance/parts/`: its name is the
 * file's, and it exports `part`.
 *
 * @typedef {object} Run One comparison of a part.
 * @property {string} name Unique within its part; what its kept result is found by.
 * @property {readonly string[]} words Of the command line, from the checkout's folder. Other words make a kept result void.
 * @property {number} minutes What it takes, as estimated.
 * @property {boolean} [hasOwnPython] Its project has an environment of its own, which is to be found.
 * @property {unknown} [of] What `judge` needs to know of it.
 *
 * @typedef {object} Judged
 * @property {boolean} isGood
 * @property {string} text What was measured, in one line.
 *
 * @typedef {object} Verdict
 * @property {boolean} isPassed
 * @property {string} text
 *
 * @typedef {object} Part
 * @property {string} about What must be shown, in one sentence.
 * @property {readonly Run[]} runs
 * @property {() => void} [prepare] Makes what the runs need, before the first that is carried out. Quick where it is there already.
 * @property {(run: Run, environment: NodeJS.ProcessEnv) => any} [execute] Carries a run out and returns its record; left out: the command line with its words.
 * @property {(record: any, run: Run) => Judged} judge From the record alone, so that kept records can be judged again.
 * @property {(judged: readonly Judged[]) => Verdict} [verdict] Of all runs that are there; left out: every one must be good.
 * @property {string} [family] Parts of one family are judged together by their `verdict`.
 * @property {boolean} [isApart] Carried out only when it is named.
 * @property {boolean} [showsAllRuns] In the table; left out: those that are not good.
 */

/** @param {readonly Judged[]} judged @returns {Verdict} */
export function allGood(judged) {
  const good = judged.filter(({ isGood }) => isGood).length;
  return { isPassed: good === judged.length, text: `${good} of ${judged.length} good` };
}

/** @param {Part} part */
export function minutesOf(part) {
  return part.runs.reduce((sum, { minutes }) => sum + minutes, 0);
}

/**
 * Minutes that a comparison at a fixed rate takes: its loads, and what starting, stopping and checking cost.
 * @param {{ blocks: number, trialSeconds: number, rampSeconds?: number, warmupSeconds?: number, capacitySeconds?: number, overheadSeconds?: number }} plan
 */
export function comparisonMinutes(plan) {
  const { rampSeconds = 0, warmupSeconds = 1, capacitySeconds = 0, overheadSeconds = 0.6 } = plan;
  const scenario = rampSeconds + warmupSeconds + plan.trialSeconds + overheadSeconds;
  const capacityWarmupSeconds = 2;
  const capacity = capacitySeconds === 0 ? 0 : capacityWarmupSeconds + capacitySeconds + overheadSeconds;
  const rehearsalSeconds = 10;
  return (2 * plan.blocks * (scenario + capacity) + rehearsalSeconds) / 60;
}
