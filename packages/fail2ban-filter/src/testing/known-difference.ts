import { readFileSync } from 'node:fs';

interface Difference {
  readonly golden: string;
  readonly reason: string;
  readonly rows: readonly string[];
}

const { differences }: { differences: readonly Difference[] } = JSON.parse(
  readFileSync(new URL('../../testdata/known-differences.json', import.meta.url), 'utf8'),
);

/** Why rows of a golden file differ on purpose, for `Conformance`; undefined for one that must not. */
export function knownDifference(golden: string): (row: string) => string | undefined {
  const ofGolden = differences.filter((difference) => difference.golden === golden);
  return (row) => ofGolden.find(({ rows }) => rows.includes(row))?.reason;
}
