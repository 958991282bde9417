/** Fewest letters to insert, delete, replace or swap with their neighbour: the restricted Damerau-Levenshtein distance. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

const maxWordLength = 64;

/** The word that was probably meant: at most two letters, and a third of them, away. */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  if (word.length > maxWordLength) return undefined;
  const [nearest] = words
    .map((each) => ({ each, away: distance(word.toLowerCase(), each) }))
    .filter(({ each, away }) => away <= Math.min(2, Math.ceil(each.length / 3)))
    .sort((a, b) => a.away - b.away);
  return nearest?.each;
}
