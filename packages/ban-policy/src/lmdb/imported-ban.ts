import type { KeptBan } from '../state/kept-state.ts';

/** A ban of another program's records. */
export interface ImportedBan {
  readonly jail: string;
  readonly ban: KeptBan;
  /** `last`: the last ban of the id in that jail, which stands when it is not over. `past`: one of the history. */
  readonly as: 'last' | 'past';
}

/** What came over of a jail. */
export interface ImportCounts {
  /** Bans that stand. */
  standing: number;
  /** Last bans of ids, for increasing ban times; those that stand among them. */
  last: number;
  /** Bans of the history. */
  past: number;
  /** What the state knew already, or knew something later of. */
  known: number;
}
