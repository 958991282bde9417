import type { FileAction, FileChange } from '../commit.ts';
import { VcsEventsError } from '../vcs-events-error.ts';

/** One changed path, read from the token at `at` on. */
export interface ReadFile {
  readonly change: FileChange;
  /** How many tokens it took. */
  readonly tokens: number;
}

/** Reads the entry that begins at `at`; undefined when its tokens are not all there. `first` is the entry's first one. */
export type FileReader = (first: string, tokens: readonly string[], at: number) => ReadFile | undefined;

const numbers = /^(\d+|-)\t(\d+|-)\t/;

/** Entries of `--numstat -z`: `1⇥2⇥path`, or `1⇥2⇥`, the old path and the new one. */
export const readNumstat: FileReader = (first, tokens, at) => {
  const [prefix, plus, minus] = numbers.exec(first) ?? [];
  if (prefix === undefined || plus === undefined || minus === undefined) throw badEntry(first);
  const counts = { added: countOf(plus), deleted: countOf(minus) };
  if (first.length > prefix.length) return { change: { path: first.slice(prefix.length), ...counts }, tokens: 1 };
  const [from, path] = [tokens[at + 1], tokens[at + 2]];
  if (from === undefined || path === undefined) return undefined;
  return { change: { path, action: 'renamed', from, ...counts }, tokens: 3 };
};

/** `-` stands for a binary file. */
const countOf = (text: string): number | null => (text === '-' ? null : Number(text));

const actions: ReadonlyMap<string, FileAction> = new Map([
  ['A', 'added'],
  ['M', 'modified'],
  ['T', 'modified'],
  ['D', 'deleted'],
  ['R', 'renamed'],
  ['C', 'copied'],
]);

/** Entries of `--name-status -z`: `M` and the path, or `R086`, the old path and the new one. */
export const readNameStatus: FileReader = (first, tokens, at) => {
  const action = actions.get(first.slice(0, 1));
  if (action === undefined) throw badEntry(first);
  const path = tokens[at + 1];
  if (path === undefined) return undefined;
  if (action !== 'renamed' && action !== 'copied') return { change: { path, action }, tokens: 2 };
  const to = tokens[at + 2];
  return to === undefined ? undefined : { change: { path: to, action, from: path }, tokens: 3 };
};

const badEntry = (text: string): VcsEventsError => {
  const value = text.slice(0, 100);
  const fault = `git log wrote ${JSON.stringify(value)} where a changed path is expected`;
  return new VcsEventsError('ERR_VCS_EVENTS_FORMAT', fault, { value });
};
