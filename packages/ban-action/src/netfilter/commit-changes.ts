import { BanActionError } from '../ban-action-error.ts';
import { backendFault } from '../outcome.ts';
import { changeScript, type ElementChange } from './element-change.ts';
import type { Nft } from './nft.ts';

/** Refused elements in one commit that are looked for; more are no bad elements but a bad table. */
const maxRefused = 32;

export interface CommitSetup {
  readonly nft: Nft;
  readonly table: string;
  /** Makes the table anew with all that is to be banned. Called once when the kernel says that it has gone. */
  readonly rebuild: (signal?: AbortSignal) => Promise<void>;
}

/** The changes that failed, each with its reason. */
export type FailedChanges = ReadonlyMap<ElementChange, BanActionError>;

/**
 * Brings changes about in one transaction. When the kernel refuses one, that one fails and the others are tried again
 * without it; when all are too many for the socket's buffer, they are committed in halves.
 */
export async function commitChanges(
  changes: readonly ElementChange[],
  setup: CommitSetup,
  signal?: AbortSignal,
): Promise<FailedChanges> {
  const { nft, table, rebuild } = setup;
  const failed = new Map<ElementChange, BanActionError>();
  const failAll = (all: readonly ElementChange[], error: BanActionError): FailedChanges => {
    for (const change of all) failed.set(change, error);
    return failed;
  };
  let left = changes;
  let refused = 0;
  let rebuilt = false;

  while (left.length > 0) {
    const script = changeScript(table, left);
    const fault = await nft.commit(script.statements, signal);
    if (fault === undefined) return failed;
    const { error, line } = fault;
    if (error.code === 'ERR_BAN_ACTION_GONE' && !rebuilt) {
      rebuilt = true;
      const broken = await rebuild(signal).then(() => undefined, asFault);
      if (broken !== undefined) return failAll(left, broken);
      continue;
    }
    if (error.code === 'ERR_BAN_ACTION_TOO_LARGE' && left.length > 1) {
      const half = left.length >> 1;
      for (const part of [left.slice(0, half), left.slice(half)])
        for (const [change, reason] of await commitChanges(part, setup, signal)) failed.set(change, reason);
      return failed;
    }
    const guilty = line === undefined ? undefined : script.changeAt(line);
    if (guilty === undefined || refused === maxRefused) return failAll(left, error);
    refused += 1;
    const also = error.code === 'ERR_BAN_ACTION_FULL' ? fullFrom(guilty, left) : [guilty];
    // A full set refuses to hold what shall be deleted for a moment, so it does not hold it: nothing is left to do.
    for (const change of also) if (change.kind !== 'remove') failed.set(change, naming(error, change));
    const out = new Set(also);
    left = left.filter((change) => !out.has(change));
  }
  return failed;
}

const asFault = (reason: unknown): BanActionError => backendFault('netfilter', reason);

/** In a set that has no room for one new element there is none for those after it either. */
function fullFrom(guilty: ElementChange, all: readonly ElementChange[]): readonly ElementChange[] {
  if (guilty.kind !== 'add') return [guilty];
  return all.slice(all.indexOf(guilty)).filter(({ set, kind }) => set === guilty.set && kind === 'add');
}

const naming = ({ code, message, cure, value }: BanActionError, { network, set }: ElementChange): BanActionError =>
  new BanActionError(code, `${network} in ${set}: ${message.split('; ')[0]}`, { cure, value });
