/** Where something stands in the configuration. */
export interface Place {
  /** Path as it was opened. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A value and where it was written. */
export interface Setting<T> {
  readonly value: T;
  readonly place: Place;
}
