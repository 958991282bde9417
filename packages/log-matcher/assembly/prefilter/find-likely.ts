import {
  CANDIDATE,
  CANDIDATES_END,
  ENTRY_BACK,
  ENTRY_BYTES,
  ENTRY_HEAD,
  ENTRY_KIND,
  ENTRY_MASK,
  KEY_MASK,
  LAST_ENTRY,
  LIKELY,
  LIKELY_END,
  LIKELY_LIST,
  SLOT_SHIFT,
  SLOTS,
  SPLIT,
  SPLIT_DISTANCE,
  SPLIT_SHIFT,
  SPLIT_SLOTS,
} from './descriptor';
import { FOLD } from './hash-vectors';

/** Factor of the hash of keys. */
const KEY_FACTOR: u32 = 0x9e3779b1;
/** Bytes of list that are filled at once; one chain may go beyond. */
const BATCH: u32 = 8192;

/**
 * Lists for the next candidates of a group the entries whose bytes stand there: the candidate, then the entry. Of the
 * candidates that are none nearly all end here, and, but for the length of chains, nothing branches on them. Returns how
 * many entries were looked at.
 */
export function findLikely(group: u32): u32 {
  const keyMask = load<u32>(group, KEY_MASK);
  const slots = load<u32>(group, SLOTS);
  const shift = load<u32>(group, SLOT_SHIFT);
  const candidatesEnd = load<u32>(group, CANDIDATES_END);
  const list = load<u32>(group, LIKELY_LIST);
  let candidate = load<u32>(group, CANDIDATE);
  let end = list;
  let steps: u32 = 0;
  for (; candidate < candidatesEnd && end < list + BATCH; candidate += 4) {
    const p = load<u32>(candidate);
    // Keys are folded: a needle of either case has one.
    const key = (load<u32>(p) | FOLD) & keyMask;
    let entry = load<u32>(slots + (((key * KEY_FACTOR) >>> shift) << 2));
    while (true) {
      steps += 1;
      const kind = load<u32>(entry, ENTRY_KIND);
      if (kind == SPLIT) {
        const more = load<u32>(p + load<u32>(entry, SPLIT_DISTANCE)) | FOLD;
        const slot = (more * KEY_FACTOR) >>> load<u32>(entry, SPLIT_SHIFT);
        entry = load<u32>(load<u32>(entry, SPLIT_SLOTS) + (slot << 2));
        continue;
      }
      const text = load<u64>(p - load<u32>(entry, ENTRY_BACK)) | load<u64>(entry, ENTRY_MASK);
      store<u32>(end, p);
      store<u32>(end, entry, 4);
      end += <u32>(text == load<u64>(entry, ENTRY_HEAD)) << 3;
      if (kind == LAST_ENTRY) break;
      entry += ENTRY_BYTES;
    }
  }
  store<u32>(group, candidate, CANDIDATE);
  store<u32>(group, list, LIKELY);
  store<u32>(group, end, LIKELY_END);
  return steps;
}
