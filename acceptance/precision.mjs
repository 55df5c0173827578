import { effectOn, halfWidth } from './effects.mjs';

/**
 * A part of one run of the Flask sample without the package against with Insights: how narrow its interval is.
 * @param {object} options
 * @param {string} options.about
 * @param {string} options.metric
 * @param {number} options.most Half of the 95 % interval of its ratio, as a share of it.
 * @param {Omit<import('./part.mjs').Run, 'of'>} options.run
 * @returns {import('./part.mjs').Part}
 */
export function precisionPart({ about, metric, most, run }) {
  return {
    about,
    showsAllRuns: true,
    runs: [run],
    judge: (record) => {
      const ratio = effectOn(record, metric)?.ratio;
      if (!ratio) return { isGood: false, text: `${metric}: no ratio` };
      const { low, high } = ratio.interval95;
      const half = halfWidth(ratio.interval95);
      const change = `${((ratio.estimate - 1) * 100).toFixed(1)} % ± ${(50 * (high - low)).toFixed(2)} points`;
      return {
        isGood: half <= most,
        text: `${metric} ${change}: ±${(half * 100).toFixed(2)} % of the ratio (at most ${most * 100} %)`,
      };
    },
  };
}

/** Of the sample, its first variant and the dearest; starting and stopping the app and its Celery worker. */
export const sample = {
  variants: ['--variants', 'no_honeybadger,with_insights', '--seed', '1'],
  overheadSeconds: 6,
};
