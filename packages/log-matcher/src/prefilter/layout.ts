// Where what lies in the memory: as in `assembly/prefilter/descriptor.ts`. All in words of 32 bits.

/** Of a plan's descriptor. */
export const Descriptor = {
  /** Bytes of the block that begins with the descriptor: a later plan may take it over. */
  capacity: 0,
  groups: 1,
  alwaysCount: 2,
  alwaysBits: 3,
  lineBits: 4,
  bitWords: 5,
  stamp: 6,
  needles: 7,
  needlesEnd: 8,
  candidates: 9,
  steps: 10,
  confirmed: 11,
  lines: 12,
  bytes: 13,
  firstGroup: 16,
  words: 48,
} as const;

/** Of a group's descriptor. */
export const Group = {
  kernel: 0,
  tables: 1,
  factor: 2,
  keyMask: 3,
  slots: 4,
  slotShift: 5,
  list: 6,
  stepList: 7,
  likelyList: 8,
  words: 16,
} as const;

/** Of an entry: first 8 bytes and their mask. */
export const Entry = { mask: 2, back: 4, needle: 5, offset: 6, kind: 7, words: 8 } as const;

/** What stands in an entry's place to tell apart more of them. */
export const SplitEntry = { distance: 4, slots: 5, shift: 6 } as const;

export const EntryKind = { more: 0, last: 1, split: 2 } as const;

/** Of a needle; behind it for each 8 bytes these and their mask. */
export const NeedleHead = {
  foundOn: 0,
  ids: 1,
  idsEnd: 2,
  length: 3,
  restKind: 4,
  restLength: 5,
  restBytes: 12,
  restMasks: 16,
  words: 20,
} as const;

export const RestKind = { none: 0, after: 1, before: 2 } as const;

/** Bytes whose candidates are listed at once. */
export const blockBytes = 32_768;
/** Words that a kernel may write behind the last candidate. */
export const listSlack = 64;
/** Fewest bytes of text that a kernel looks at in one step. */
export const stepBytes = 16;
/** Bytes of the list of likely entries beyond those that one chain may add. */
export const likelyBatchBytes = 8192;
