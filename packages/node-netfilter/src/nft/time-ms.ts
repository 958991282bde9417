const unitMs: ReadonlyMap<string, number> = new Map([
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
]);

/** Milliseconds of a time as nft writes it: `1d2h3m4s5ms`. */
export function timeMs(text: string): number {
  let ms = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[wdhms])/g))
    ms += Number(count) * (unitMs.get(unit ?? '') ?? 0);
  return ms;
}
