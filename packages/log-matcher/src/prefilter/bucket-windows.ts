import type { NibbleWindow } from './nibble-windows.ts';

const buckets = 8;

interface Bucket {
  readonly sets: NibbleWindow;
  /** Share of the positions that it lets through. */
  readonly share: number;
  nearest: Bucket | undefined;
  /** What is let through in addition when this and the nearest one are one. */
  loss: number;
}

/**
 * Share of the bytes of the log whose low nibble is in a set, for all sets.
 *
 * @param nibbles the share of each
 */
export function sharesOfSets(nibbles: Float64Array): Float64Array {
  const shares = new Float64Array(1 << 16);
  for (let set = 1; set < shares.length; set++) {
    shares[set] = (shares[set & (set - 1)] as number) + (nibbles[31 - Math.clz32(set & -set)] as number);
  }
  return shares;
}

/**
 * Puts windows into the eight buckets of a nibble kernel so that few positions of the log pass: always the two are joined
 * that lose the least by it.
 *
 * @param shares as `sharesOfSets` gives them
 * @returns for each position of the window 16 bytes: which buckets admit each nibble
 */
export function bucketWindows(windows: readonly NibbleWindow[], shares: Float64Array): readonly number[] {
  const shareOf = (sets: NibbleWindow): number => {
    let share = 1;
    for (const set of sets) share *= shares[set] as number;
    return share;
  };
  const lossOf = (a: Bucket, b: Bucket): number => {
    let share = 1;
    for (let i = 0; i < a.sets.length; i++) share *= shares[(a.sets[i] as number) | (b.sets[i] as number)] as number;
    return share - a.share - b.share;
  };
  const findNearest = (bucket: Bucket): void => {
    bucket.nearest = undefined;
    bucket.loss = Number.POSITIVE_INFINITY;
    for (const other of list) {
      const loss = other === bucket ? Number.POSITIVE_INFINITY : lossOf(bucket, other);
      if (loss >= bucket.loss) continue;
      bucket.nearest = other;
      bucket.loss = loss;
    }
  };
  let list: Bucket[] = windows.map((sets) => ({ sets, share: shareOf(sets), nearest: undefined, loss: 0 }));
  if (list.length > buckets) list.forEach(findNearest);
  while (list.length > buckets) {
    const first = list.reduce((best, bucket) => (bucket.loss < best.loss ? bucket : best));
    const second = first.nearest as Bucket;
    const sets = first.sets.map((set, i) => set | (second.sets[i] as number));
    const joined: Bucket = { sets, share: shareOf(sets), nearest: undefined, loss: 0 };
    list = list.filter((bucket) => bucket !== first && bucket !== second);
    list.push(joined);
    findNearest(joined);
    for (const bucket of list) {
      if (bucket === joined) continue;
      if (bucket.nearest === first || bucket.nearest === second) findNearest(bucket);
      else {
        const loss = lossOf(bucket, joined);
        if (loss < bucket.loss) Object.assign(bucket, { nearest: joined, loss });
      }
    }
  }
  return tablesOf(list.map(({ sets }) => sets));
}

function tablesOf(all: readonly NibbleWindow[]): readonly number[] {
  const tables = new Array<number>(16 * (all[0]?.length ?? 0)).fill(0);
  for (const [bucket, sets] of all.entries()) {
    for (const [position, set] of sets.entries()) {
      for (let nibble = 0; nibble < 16; nibble++) {
        if (((set >> nibble) & 1) !== 0)
          tables[16 * position + nibble] = (tables[16 * position + nibble] as number) | (1 << bucket);
      }
    }
  }
  return tables;
}
