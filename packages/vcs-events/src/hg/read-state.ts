import { VcsEventsError } from '../vcs-events-error.ts';
import { readRecords } from './read-records.ts';
import { isNode } from './revisions.ts';

/**
 * What of a repository's history says how far it has got at one moment: branch by node, newest first; empty without
 * changesets.
 *
 * They are those that no other one stands on; and others, close to each other, then farther and farther apart. When heads
 * are stripped, as an amend or a rebase does, these still say what had been delivered.
 */
export type HgState = ReadonlyMap<string, string>;

interface HgStateRecord {
  readonly node: string;
  readonly branch: string;
}

const denseTrail = 32;
const farthest = 2 ** 24;

/** Reads it in one look, so that all parts agree. */
export async function readState(directory: string, signal: AbortSignal): Promise<HgState> {
  const parts = ['heads(all())', `last(all(), ${denseTrail})`];
  for (let back = 2 * denseTrail; back <= farthest; back *= 2) parts.push(`first(last(all(), ${back}))`);
  const revisions = { expression: `sort(${parts.join(' + ')}, -rev)`, args: [] };
  const state = new Map<string, string>();
  const request = { revisions, fields: { node: 'node', branch: 'branch' }, check: stateRecordOf };
  for await (const records of readRecords(directory, request, signal)) {
    for (const { node, branch } of records) state.set(node, branch);
  }
  return state;
}

function stateRecordOf(record: unknown): HgStateRecord {
  if (isStateRecord(record)) return record;
  throw new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'hg log wrote a record without node and branch', { value: record });
}

function isStateRecord(record: unknown): record is HgStateRecord {
  if (typeof record !== 'object' || record === null) return false;
  const { node, branch } = record as Record<keyof HgStateRecord, unknown>;
  return typeof node === 'string' && isNode(node) && typeof branch === 'string';
}
