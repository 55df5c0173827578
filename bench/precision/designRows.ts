import type { BlockLogs } from './blockSeries';
import { figuresOf, modelsFor, slopeOf, type BlockTime } from './designs';

export const designHeader = [
  'design, and what is taken off',
  'sd of a block',
  'mean',
  '± after 10 min measured',
  '± after 10 min of wall',
  'claims (95 %, 4 blocks)',
];

/** A design, and below it each model that its blocks have the covariate for. `sign` is −1 for a rate. */
export function rowsOf(name: string, series: readonly BlockLogs[], time: BlockTime, sign: 1 | -1 = 1): string[][] {
  const usable = modelsFor(sign).filter((model) => model.observe(series).every(Number.isFinite));
  const slope = slopeOf(series, ({ probeMean }) => sign * probeMean);
  return [
    [
      `${name} (${series.length} blocks${Number.isFinite(slope) ? `; fitted slope on the probe ${slope.toFixed(2)}` : ''})`,
    ],
    ...usable.map((model) => {
      const figures = figuresOf(model, series, time);
      return [
        `  ${model.name}`,
        `${figures.sdPercent.toFixed(2)} %`,
        `${figures.meanPercent.toFixed(2)} %`,
        `${figures.per10MinutesMeasured.toFixed(2)} %`,
        `${figures.per10MinutesWall.toFixed(2)} %`,
        figures.claims,
      ];
    }),
  ];
}
