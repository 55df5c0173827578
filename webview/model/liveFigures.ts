import type { Sample } from '../../src/shared/events';
import { bytesPerMegabyte } from '../../src/shared/effects/trialValue';
import type { LiveRun } from '../../src/shared/liveRun';
import { formatCount, formatNumber } from '../../src/shared/words/formatNumber';
import type { VariantView } from './comparisonView';
import { isUnderLoad, shownKind, trialsOf } from './liveMeasures';
import { medianOf } from '../../src/shared/charts/timeSeries';

/** One variant's headline figures: of the second just gone where it is the one that is measured, else of its last trial. */
export interface VariantFigures {
  readonly variant: VariantView;
  readonly isOn: boolean;
  /** What the figures are of, in words. */
  readonly of: string;
  readonly figures: readonly { readonly label: string; readonly text: string }[];
}

/** The figures of every variant, of the kind of trial that is on. */
export function liveFigures(run: LiveRun, variants: readonly VariantView[]): readonly VariantFigures[] {
  const kind = shownKind(run);
  return variants.map((variant) => {
    const isOn = run.trial?.variant === variant.name;
    const newest = trialsOf(run, variant.name, kind).at(-1);
    const isOfThisTrial = isOn && newest?.trial.position === run.trial?.position;
    if (newest === undefined || (isOn && !isOfThisTrial))
      return { variant, isOn, of: isOn ? 'no load yet' : 'not measured yet', figures: figuresOf([], 0) };
    const loaded = newest.seconds.filter(isUnderLoad);
    const failures = newest.seconds.reduce((sum, second) => sum + second.failures, 0);
    const now = loaded.slice(-1);
    if (isOn) {
      const of = now[0]?.phase === 'warming' ? 'now, warm-up' : 'now';
      return { variant, isOn, of, figures: figuresOf(now, failures) };
    }
    const measured = loaded.filter(({ phase }) => phase === 'measuring');
    return {
      variant,
      isOn,
      of: 'median of its last trial',
      figures: figuresOf(measured.length > 0 ? measured : loaded, failures),
    };
  });
}

function figuresOf(seconds: readonly Sample[], failures: number): VariantFigures['figures'] {
  const figure = (
    label: string,
    read: (second: Sample) => number | null,
    format: (value: number) => string,
  ): VariantFigures['figures'][number] => {
    const values = seconds.map(read).filter((value) => value !== null);
    return { label, text: values.length === 0 ? '–' : format(medianOf(values)) };
  };
  return [
    figure('req/s', ({ requests }) => requests, formatCount),
    figure('p95, ms', ({ latencyP95Ms }) => latencyP95Ms, formatNumber),
    { label: 'errors', text: seconds.length === 0 ? '–' : formatCount(failures) },
    figure('CPU, %', ({ cpuCores }) => (cpuCores === null ? null : cpuCores * 100), formatNumber),
    figure('RSS, MB', ({ rssBytes }) => (rssBytes === null ? null : rssBytes / bytesPerMegabyte), formatNumber),
  ];
}
