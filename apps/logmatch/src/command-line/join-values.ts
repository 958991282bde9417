import type { Flag } from './flags.ts';

/**
 * Joins options and their values, so that a value may begin with `-`, as it may in grep: `-e -x` becomes
 * `--regexp=-x`, and `-ce X` becomes `-c --regexp=X`.
 */
export function joinValues(args: readonly string[], flags: readonly Flag[]): string[] {
  const taking = flags.filter(({ value }) => value !== undefined);
  const byName = new Map(taking.map((flag) => [`--${flag.name}`, flag]));
  const byLetter = new Map(taking.map((flag) => [flag.short, flag]));
  const joined: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] as string;
    if (arg === '--') return [...joined, ...args.slice(index)];
    const letters = /^-(?!-)(.+)$/s.exec(arg)?.[1] ?? '';
    const at = [...letters].findIndex((letter) => byLetter.has(letter));
    const flag = byName.get(arg) ?? byLetter.get(letters[at] ?? '-');
    const attached = letters.slice(at + 1);
    if (flag === undefined) {
      joined.push(arg);
      continue;
    }
    if (at > 0) joined.push(`-${letters.slice(0, at)}`);
    if (at !== -1 && attached !== '') joined.push(`--${flag.name}=${attached}`);
    else if (index + 1 < args.length) joined.push(`--${flag.name}=${args[++index]}`);
    else joined.push(`--${flag.name}`);
  }
  return joined;
}
