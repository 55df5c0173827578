import type { Point } from '../../src/shared/charts/timeSeries';

/** A line of a chart. */
export interface Line {
  readonly name: string;
  readonly variantIndex: number;
  readonly points: readonly Point[];
  /** Faint lines stand behind and have no tooltip. */
  readonly isFaint?: boolean;
  /** In pixels; 2 unless it says otherwise. */
  readonly width?: number;
  /** Stands right of the line's end, so that lines of one variant can be told apart without a legend. */
  readonly endLabel?: string;
}
