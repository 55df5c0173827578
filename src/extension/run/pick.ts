/** A row of a quick pick. */
export interface PickRow<T> {
  readonly type: 'row';
  /** Tells rows apart: when a list is filled in further, the row that the user is on stays theirs. */
  readonly key: string;
  readonly value: T;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A product icon's id. */
  readonly icon?: string;
}

export interface PickHeading {
  readonly type: 'heading';
  readonly label: string;
}

export type PickItem<T> = PickRow<T> | PickHeading;

export interface PickContent<T> {
  readonly items: readonly PickItem<T>[];
  /** Key of the row that Enter takes at first. */
  readonly active: string | null;
  /** `1/2` in the title; null: none. */
  readonly step: { readonly number: number; readonly of: number } | null;
}

export type PickAnswer<T> =
  { readonly type: 'picked'; readonly value: T } | { readonly type: 'back' } | { readonly type: 'cancelled' };

/** A question with one answer. It is there at once, and busy until `load` is through. */
export interface PickQuestion<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly hasBack: boolean;
  /**
   * Fills the list, as often as it likes. An answer that it returns stands for the user's own (there was nothing to ask). The
   * signal aborts when the question is over.
   */
  readonly load: (show: (content: PickContent<T>) => void, signal: AbortSignal) => Promise<PickAnswer<T> | undefined>;
}

/** A question with several answers, in an order that matters. */
export interface PickManyQuestion<T> {
  readonly title: string;
  readonly hasBack: boolean;
  readonly load: (signal: AbortSignal) => Promise<{
    readonly rows: readonly PickRow<T>[];
    /** Keys of the rows that are checked at first. */
    readonly checked: readonly string[];
  }>;
  /** Fewer are not taken. */
  readonly minimum: number;
  /** What is said of those that are checked, in their order. */
  readonly describe: (chosen: readonly T[]) => string;
  /** What a row's button says that moves it to the top. */
  readonly moveUp: string;
}

/** Asks one question after the other in the place of the last one. A `load` that rejects is thrown. */
export interface Picker {
  pickOne<T>(question: PickQuestion<T>): Promise<PickAnswer<T>>;
  pickMany<T>(question: PickManyQuestion<T>): Promise<PickAnswer<readonly T[]>>;
}
