import { badOption } from '../option-check.ts';
import type { Cursor } from '../options.ts';

/**
 * Changesets that have been delivered, node by revision number; with the highest all below it. Numbers are given in the
 * order in which changesets arrive, and stay what they are until something below is stripped: an amend, a rebase. Where
 * the history is still what it was is then found by the marks.
 */
export type Marks = ReadonlyMap<number, string>;

/** So many of the last changesets are marks, and then one each at twice the distance. */
const denseMarks = 32;
/** So many of the last heads are. */
const maxHeads = 500;
const maxMarks = 2000;

export function marksOf(cursor: Cursor | undefined): Marks {
  const entries = Object.entries(cursor?.heads ?? {});
  if (entries.length > maxMarks) throw badOption('cursor.heads', `at most ${maxMarks} changesets`, entries.length);
  for (const [revision, node] of entries) {
    if (!/^\d{1,10}$/.test(revision)) throw badOption('cursor.heads', 'nodes by revision number', revision);
    if (!/^[\da-f]{40,64}$/.test(node)) throw badOption(`cursor.heads[${revision}]`, 'a node', node);
  }
  return new Map(entries.map(([revision, node]) => [Number(revision), node]));
}

/** The revisions to mark when everything up to `last` has been delivered, as Mercurial selects them. */
export function marksUpTo(last: number): string {
  const revisions = Array.from({ length: Math.min(denseMarks, last + 1) }, (_, back) => last - back);
  for (let back = 2 * denseMarks; back <= last; back *= 2) revisions.push(last - back);
  return `${revisions.map((revision) => `rev(${revision})`).join(' + ')} + last(head() and 0:${last}, ${maxHeads})`;
}

/** The newest changeset, and those of the marks that are still there. */
export const stillThere = (marks: Marks): string =>
  ['tip', ...[...marks.values()].map((node) => `id(${node})`)].join(' + ');

export interface Added {
  /** As Mercurial selects them. */
  readonly revisions: string;
  /** How many they are, or a few more: not all that have a number are shown. */
  readonly most: number;
}

/**
 * What has come since; undefined when nothing has.
 *
 * @param current revision number by node, of the marks that are still there
 * @param newest the highest revision number
 */
export function addedSince(marks: Marks, current: ReadonlyMap<string, number>, newest: number): Added | undefined {
  const last = Math.max(-1, ...marks.keys());
  const unmoved = Math.max(-1, ...[...marks].filter(([revision, node]) => current.get(node) === revision).map(first));
  if (unmoved === newest) return undefined;
  const range = `${unmoved + 1}:${newest}`;
  const moved = [...marks.values()].filter((node) => current.has(node)).map((node) => `id(${node})`);
  // Where numbers have changed, what the marks that are left stand on was delivered under another.
  const delivered = unmoved === last || moved.length === 0 ? '' : ` - ::(${moved.join(' + ')})`;
  return { revisions: `(${range})${delivered} - hidden()`, most: newest - unmoved };
}

const first = ([revision]: readonly [number, string]): number => revision;
