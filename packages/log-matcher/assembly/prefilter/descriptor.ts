// Offsets of the u32 fields of a plan's descriptor, of its groups, of the entries and the needles. `layout.ts` writes them.

// @ts-ignore: decorator
@inline
export const GROUPS: u32 = 4;
/** Patterns that stand on every line's list: how many, and a bit for each. */
// @ts-ignore: decorator
@inline
export const ALWAYS_COUNT: u32 = 8;
// @ts-ignore: decorator
@inline
export const ALWAYS_BITS: u32 = 12;
/** A bit for each pattern on the present line's list. */
// @ts-ignore: decorator
@inline
export const LINE_BITS: u32 = 16;
/** Words of 32 bits in each of the two. */
// @ts-ignore: decorator
@inline
export const BIT_WORDS: u32 = 20;
/** Number of the present line, never 0; a needle that was found on it bears it. */
// @ts-ignore: decorator
@inline
export const STAMP: u32 = 24;
/** All needles, one behind the other. */
// @ts-ignore: decorator
@inline
export const NEEDLES: u32 = 28;
// @ts-ignore: decorator
@inline
export const NEEDLES_END: u32 = 32;

// Counters, modulo 2^32.
// @ts-ignore: decorator
@inline
export const CANDIDATES: u32 = 36;
// @ts-ignore: decorator
@inline
export const STEPS: u32 = 40;
// @ts-ignore: decorator
@inline
export const CONFIRMED: u32 = 44;
// @ts-ignore: decorator
@inline
export const LINES: u32 = 48;
// @ts-ignore: decorator
@inline
export const BYTES: u32 = 52;

/** The groups' descriptors. */
// @ts-ignore: decorator
@inline
export const FIRST_GROUP: u32 = 64;
// @ts-ignore: decorator
@inline
export const GROUP_BYTES: u32 = 64;

/** Of a group: its kernel, the kernel's tables and the factor of its hash. */
// @ts-ignore: decorator
@inline
export const KERNEL: u32 = 0;
// @ts-ignore: decorator
@inline
export const TABLES: u32 = 4;
// @ts-ignore: decorator
@inline
export const FACTOR: u32 = 8;
/** Which bytes at a candidate are the key of its entries. */
// @ts-ignore: decorator
@inline
export const KEY_MASK: u32 = 12;
/** Addresses of the first entry by the hash of the key; where there is none, of one that no text has. */
// @ts-ignore: decorator
@inline
export const SLOTS: u32 = 16;
// @ts-ignore: decorator
@inline
export const SLOT_SHIFT: u32 = 20;
/** Where the kernel lists the candidates of a block, and the steps on its way to them. */
// @ts-ignore: decorator
@inline
export const LIST: u32 = 24;
// @ts-ignore: decorator
@inline
export const STEP_LIST: u32 = 28;
/** Where those entries are listed whose bytes stand at a candidate. */
// @ts-ignore: decorator
@inline
export const LIKELY_LIST: u32 = 32;
/** What is left of the two lists. */
// @ts-ignore: decorator
@inline
export const CANDIDATE: u32 = 36;
// @ts-ignore: decorator
@inline
export const CANDIDATES_END: u32 = 40;
// @ts-ignore: decorator
@inline
export const LIKELY: u32 = 44;
// @ts-ignore: decorator
@inline
export const LIKELY_END: u32 = 48;

/** Of an entry: up to 8 bytes of the needle and their mask, `(text | mask) === bytes`; where they lie: before the key. */
// @ts-ignore: decorator
@inline
export const ENTRY_HEAD: u32 = 0;
// @ts-ignore: decorator
@inline
export const ENTRY_MASK: u32 = 8;
// @ts-ignore: decorator
@inline
export const ENTRY_BACK: u32 = 16;
/** The needle, and where the key lies in it. */
// @ts-ignore: decorator
@inline
export const ENTRY_NEEDLE: u32 = 20;
// @ts-ignore: decorator
@inline
export const ENTRY_OFFSET: u32 = 24;
/** What follows: 0 another entry, LAST_ENTRY nothing; a SPLIT is no entry itself. */
// @ts-ignore: decorator
@inline
export const ENTRY_KIND: u32 = 28;
// @ts-ignore: decorator
@inline
export const LAST_ENTRY: u32 = 1;
// @ts-ignore: decorator
@inline
export const SPLIT: u32 = 2;
/** Of a split: from the key to the four bytes by whose hash it goes on, the hash's shift, the slots. */
// @ts-ignore: decorator
@inline
export const SPLIT_DISTANCE: u32 = 16;
// @ts-ignore: decorator
@inline
export const SPLIT_SLOTS: u32 = 20;
// @ts-ignore: decorator
@inline
export const SPLIT_SHIFT: u32 = 24;
// @ts-ignore: decorator
@inline
export const ENTRY_BYTES: u32 = 32;

/** Of a needle: the stamp of the line on which it was found last, its patterns, its length. */
// @ts-ignore: decorator
@inline
export const FOUND_ON: u32 = 0;
// @ts-ignore: decorator
@inline
export const IDS: u32 = 4;
// @ts-ignore: decorator
@inline
export const IDS_END: u32 = 8;
// @ts-ignore: decorator
@inline
export const LENGTH: u32 = 12;
/** What of its literal is wanted besides: 0 nothing, REST_AFTER what follows the needle, REST_BEFORE what goes before it. */
// @ts-ignore: decorator
@inline
export const REST_KIND: u32 = 16;
// @ts-ignore: decorator
@inline
export const REST_AFTER: u32 = 1;
/** Up to 16 bytes of the rest, those next to the needle, and their masks. */
// @ts-ignore: decorator
@inline
export const REST_LENGTH: u32 = 20;
// @ts-ignore: decorator
@inline
export const REST_BYTES: u32 = 48;
// @ts-ignore: decorator
@inline
export const REST_MASKS: u32 = 64;
/** The last search for the rest that found nothing: in which scan, beyond how much of the rest, from where to where. */
// @ts-ignore: decorator
@inline
export const SEARCH_SCAN: u32 = 24;
// @ts-ignore: decorator
@inline
export const SEARCH_BEYOND: u32 = 28;
// @ts-ignore: decorator
@inline
export const SEARCH_FROM: u32 = 32;
// @ts-ignore: decorator
@inline
export const SEARCH_TO: u32 = 36;
/** Then for each 8 bytes of the needle these and their mask; beyond its end all bits are set. */
// @ts-ignore: decorator
@inline
export const PARTS: u32 = 80;
