import type { TableRef } from './table.ts';

/** Which named counter. */
export interface NamedCounterRef extends TableRef {
  readonly counter: string;
}

/** A counter that rules share, and that outlives them. */
export interface NamedCounter extends NamedCounterRef {
  readonly packets?: bigint;
  readonly bytes?: bigint;
}
