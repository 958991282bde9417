import { check } from './check.ts';
import { defaultMaxCommitBytes } from './max-commit-bytes.ts';
import type { CommitFilter, Cursor, ReadOptions } from './options.ts';

/** Throws `ERR_VCS_EVENTS_OPTION` for a value that an option common to all readers cannot have. */
export function checkReadOptions(options: ReadOptions, kind: 'git' | 'svn' | 'hg'): void {
  checkFilter(options);
  const order = check.word('order', options.order, 'oldest-first', ['oldest-first', 'newest-first']);
  if (options.follow === true && order !== 'oldest-first') {
    throw check.bad('order', "'oldest-first' when following", order);
  }
  check.integer('pollMs', options.pollMs, 5000, 10, 86_400_000);
  if (options.maxCommitBytes !== Number.POSITIVE_INFINITY) {
    check.integer('maxCommitBytes', options.maxCommitBytes, defaultMaxCommitBytes, 1, 2 ** 40);
  }
  if (options.cursor !== undefined) checkCursor(options.cursor, kind);
}

function checkFilter({ authors, fromMs, untilMs, paths }: CommitFilter): void {
  if (authors !== undefined && !Array.isArray(authors)) throw check.bad('authors', 'a list', authors);
  for (const author of authors ?? []) {
    const isPattern = typeof author === 'function' || (typeof author === 'string' && author !== '');
    if (!isPattern) throw check.bad('authors', 'a list of non-empty texts or functions', author);
  }
  for (const [option, value] of [
    ['fromMs', fromMs],
    ['untilMs', untilMs],
  ] as const) {
    if (value !== undefined && (typeof value !== 'number' || Number.isNaN(value))) {
      throw check.bad(option, 'milliseconds since the epoch', value);
    }
  }
  check.texts('paths', paths);
}

/** Revision numbers and hexadecimal names, perhaps several. Nothing else may reach a program's arguments or input. */
const head = /^[0-9a-f]{1,64}( [0-9a-f]{1,64})*$/;

function checkCursor(cursor: Cursor, kind: string): void {
  const { version, kind: its, heads } = cursor;
  if (version !== 1) throw check.bad('cursor.version', '1', version);
  if (its !== kind) throw check.bad('cursor.kind', `'${kind}'`, its);
  if (typeof heads !== 'object' || heads === null) throw check.bad('cursor.heads', 'an object', heads);
  for (const [name, id] of Object.entries(heads)) {
    if (typeof id !== 'string' || !head.test(id)) throw check.bad(`cursor.heads[${show(name)}]`, 'an id', id);
  }
}

const show = (name: string): string => JSON.stringify(name.slice(0, 100));
