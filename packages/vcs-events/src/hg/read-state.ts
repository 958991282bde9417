import { VcsEventsError } from '../vcs-events-error.ts';
import { readRecords } from './read-records.ts';
import { isNode } from './revisions.ts';

/** What of a repository's history says how far it has got, at one moment. */
export interface HgState {
  /** The changeset with the highest number; undefined when there is none. */
  readonly tip: string | undefined;
  /** Branch by node, of the changesets that no other one stands on; newest first. */
  readonly heads: ReadonlyMap<string, string>;
  /**
   * Some other changesets, newest first: close to each other, then farther and farther apart. When heads are stripped, as
   * an amend or a rebase does, these still say what had been delivered.
   */
  readonly trail: readonly string[];
}

interface HgStateRecord {
  readonly node: string;
  readonly branch: string;
  readonly isHead: '0' | '1';
}

const denseTrail = 32;
const farthest = 2 ** 24;

/** Reads it in one look, so that all parts agree. */
export async function readState(directory: string, signal: AbortSignal): Promise<HgState> {
  const trail = [`last(all(), ${denseTrail})`];
  for (let back = 2 * denseTrail; back <= farthest; back *= 2) trail.push(`first(last(all(), ${back}))`);
  const revisions = { expression: `sort(heads(all()) + ${trail.join(' + ')}, -rev)`, args: [] };
  const isHead = 'ifcontains(rev, revset("heads(all())"), "1", "0")';
  const found: HgStateRecord[] = [];
  const request = { revisions, fields: { node: 'node', branch: 'branch', isHead } };
  for await (const records of readRecords(directory, request, signal)) found.push(...records.map(checked));
  return {
    tip: found[0]?.node,
    heads: new Map(found.filter((each) => each.isHead === '1').map(({ node, branch }) => [node, branch])),
    trail: found.filter((each) => each.isHead === '0').map(({ node }) => node),
  };
}

function checked(record: unknown): HgStateRecord {
  if (isStateRecord(record)) return record;
  throw new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'hg log wrote a record that is none of a head', { value: record });
}

function isStateRecord(record: unknown): record is HgStateRecord {
  if (typeof record !== 'object' || record === null) return false;
  const { node, branch, isHead } = record as Record<keyof HgStateRecord, unknown>;
  return typeof node === 'string' && isNode(node) && typeof branch === 'string' && (isHead === '0' || isHead === '1');
}
