import { existsSync, readdirSync } from 'node:fs';

const MAGIC = /[*?[]/;
/** Most files that one pattern stands for. */
const MAX_FILES = 10_000;

/** A pattern for one name as Python's `fnmatch` reads it. */
function namePattern(pattern: string): RegExp {
  const source = pattern.replace(/\*+|\?|\[!?\]?[^\]]*\]|[^*?]/g, (part) => {
    if (part.startsWith('*')) return '[^]*';
    if (part === '?') return '[^]';
    if (!part.startsWith('[') || part.length === 1) return part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    const inner = part.slice(1, -1);
    const negated = inner.startsWith('!');
    const set = (negated ? inner.slice(1) : inner).replace(/[\\^[\]]/g, '\\$&');
    return `[${negated ? '^' : ''}${set}]`;
  });
  return new RegExp(`^${source}$`);
}

function names(dir: string): readonly string[] {
  try {
    return readdirSync(dir === '' ? '.' : dir).toSorted();
  } catch {
    return [];
  }
}

/** The paths that are there, sorted; those of names that begin with a dot only where the pattern has the dot. */
function expand(bases: readonly string[], part: string, isLast: boolean): readonly string[] {
  const found = bases.flatMap((base) => {
    if (!MAGIC.test(part)) return [`${base}${part}`];
    const pattern = namePattern(part);
    const mayHide = part.startsWith('.');
    return names(base)
      .filter((name) => (mayHide || !name.startsWith('.')) && pattern.test(name))
      .map((name) => `${base}${name}`);
  });
  return found.slice(0, MAX_FILES).map((path) => (isLast ? path : `${path}/`));
}

/**
 * The files that a `logpath` stands for now, as fail2ban finds them: `*`, `?` and `[…]` stand for characters of one name,
 * a name that begins with a dot must be asked for, and a link that leads nowhere is none. At most 10 000, sorted.
 */
export function globFiles(pattern: string): readonly string[] {
  const parts = pattern.split('/');
  let paths: readonly string[] = [''];
  parts.forEach((part, index) => {
    paths = expand(paths, part, index === parts.length - 1);
  });
  return pattern === '' ? [] : paths.filter((path) => existsSync(path));
}
