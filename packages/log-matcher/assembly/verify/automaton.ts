// An automaton's descriptor, written by src/dfa/automaton.ts: offsets of its words.

/** 1 where there is an automaton. */
export const KIND: usize = 0;
/** Address of 256 offsets into a row, one for each unit. */
export const CLASS_MAP: usize = 4;
/** Row at the end of a subject; 0 while there is none. */
export const START_ROW: usize = 8;
/** The same for an empty subject. */
export const EMPTY_ROW: usize = 12;
/** Offset into a row for the beginning of the subject. */
export const BEGIN_OFFSET: usize = 16;
/** Address of the walk's first instruction. */
export const WALK: usize = 20;
/** Slots of a match. */
export const SLOTS: usize = 24;
/** Gate of a pattern: an automaton of many patterns together; 0 for none. Of a gate: the line that it was last asked of. */
export const GATE: usize = 28;
export const ASKED_OF: usize = 28;
/** What a gate answered. */
export const ANSWER: usize = 32;
/** Head of a pattern: an automaton that reads the beginning of a line; 0 while there is none, {@link NO_HEAD} for never. */
export const HEAD: usize = 36;
export const NO_HEAD: u32 = 1;
/** How often the pattern was tried, and how often it matched; of a head, how often it was asked and refused. */
export const TRIED: usize = 40;
export const MATCHED: usize = 44;
export const DESCRIPTOR_BYTES: u32 = 48;

/**
 * Flags of an entry's second word: a match begins at the position; none begins further to the left; the entry is not
 * known yet. The other bits are the address of the decisions.
 */
export const STARTS: u32 = 1;
export const DEAD: u32 = 2;
export const UNKNOWN_ENTRY: u32 = 4;
export const FLAGS: u32 = 7;
