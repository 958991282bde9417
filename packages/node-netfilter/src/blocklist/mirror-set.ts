import type { Expiring } from '@sluice/pipeline';
import type { NftSet } from '../ruleset/set.ts';
import type { SetPlace } from './set-place.ts';

/** An element of a set, as it is to be. */
export interface Entry {
  readonly set: MirrorSet;
  readonly key: string;
  /** `Infinity`: has no end. 0: is not to be there. */
  endMs: number;
  list: string;
  /** Its place among those that end; only when it has one, and is in effect. */
  place: Expiring<Entry> | undefined;
  /** What is being done about it. */
  change: Change | undefined;
}

/** That an element is to be as its entry says, and how it was when the kernel was last told. */
export interface Change {
  readonly entry: Entry;
  /** 0: was not there, as far as is known. */
  heldEndMs: number;
  readonly heldList: string;
}

/** A set of the table, and what is in it as far as this process knows. */
export class MirrorSet {
  readonly place: SetPlace;
  readonly nft: NftSet;
  readonly entries: Map<string, Entry> = new Map();
  /** Changes that the next commit takes. */
  changes: Change[] = [];
  /** Whether the kernel has the set and the rule that looks into it. */
  isMade = false;

  constructor(place: SetPlace, nft: NftSet) {
    this.place = place;
    this.nft = nft;
  }
}
