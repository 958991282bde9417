import type { PatternMatch, PatternSet } from '@sluice/log-matcher';
import { type FailData, TextTuple } from './fail-data.ts';

interface Merge {
  readonly from: string;
  readonly into: string;
  readonly kind: 'alt' | 'tuple';
}

const merged = /^(alt|tuple)_(.*?)(?:_\d+)?$/;

const renamed = new Map([
  ['id', 'fid'],
  ['port', 'fport'],
]);

function mergesOf(names: readonly string[]): Merge[] {
  const merges = [...names].sort().flatMap((from): Merge[] => {
    const [, kind, target = ''] = merged.exec(from) ?? [];
    if (kind !== 'alt' && kind !== 'tuple') return [];
    return [{ from, into: renamed.get(target) ?? target, kind }];
  });
  return [...merges.filter(({ kind }) => kind === 'alt'), ...merges.filter(({ kind }) => kind === 'tuple')];
}

const steering = /^(?:fid|ip4|ip6|dns|cidr|user|nofail|content|mlf\w+|(?:alt|tuple)_\w+)$/;

/** Reads the named groups of one pattern's matches, those included that took no part. */
export class GroupReader {
  readonly #names: readonly string[];
  readonly #merges: readonly Merge[];

  /** @param needsAll false for those alone that tell what becomes of a line */
  constructor(set: PatternSet, pattern: number, needsAll: boolean) {
    const names = [...(set.patterns[pattern]?.groupNames.keys() ?? [])];
    this.#names = needsAll ? names : names.filter((name) => steering.test(name));
    this.#merges = mergesOf(this.#names);
  }

  read(match: PatternMatch): FailData {
    const data: FailData = new Map();
    for (const name of this.#names) data.set(name, match.text(name) ?? null);
    for (const { from, into, kind } of this.#merges) {
      const text = (data.get(from) ?? null) as string | null;
      const there = data.get(into) ?? null;
      if (kind === 'tuple')
        data.set(into, new TextTuple(there instanceof TextTuple ? [...there.texts, text] : [there as string, text]));
      else if (text && !there) data.set(into, text);
    }
    return data;
  }
}
