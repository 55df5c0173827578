import type { Colours } from './colours';

/** How the closing table is cut. */
export interface TableLayout {
  /** Columns of a line. */
  readonly width: number;
  readonly value: number;
  readonly word: number;
  /** 0: no room for bars. */
  readonly bar: number;
  readonly colours: Colours;
  readonly hasUnicode: boolean;
}
