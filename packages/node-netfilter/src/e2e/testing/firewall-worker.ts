import { monitorEventLoopDelay } from 'node:perf_hooks';
import { answerCalls } from '../../../../../tools/testing/answer-calls.ts';
import {
  type Block,
  type Blocklist,
  type BlocklistOptions,
  type BlockOp,
  type BlockOutcome,
  type Command,
  type CommitOptions,
  type Netfilter,
  type NetfilterOptions,
  type NodeNetfilterError,
  openBlocklist,
  openNetfilter,
  type SetRef,
} from '../../index.ts';
import { type PlainError, plainError } from './plain-error.ts';

// What the tests drive from outside the namespace: a program that uses the package as anybody does.

let blocklist: Blocklist | undefined;
let netfilter: Netfilter | undefined;
let states: string[] = [];
let expired: string[] = [];
const delay = monitorEventLoopDelay({ resolution: 1 });

function opened<T>(what: T | undefined): T {
  if (what === undefined) throw new Error('nothing is open');
  return what;
}

const plainOutcomes = (outcomes: readonly BlockOutcome[]): readonly { ok: boolean; code?: string }[] =>
  outcomes.map(({ ok, error }) => (error === undefined ? { ok } : { ok, code: error.code }));

async function commit(commands: readonly Command[], options?: CommitOptions): Promise<PlainError | undefined> {
  try {
    await opened(netfilter).commit(commands, options);
    return undefined;
  } catch (error) {
    return plainError(error as NodeNetfilterError);
  }
}

const answers = {
  open: async (options: BlocklistOptions) => {
    blocklist = await openBlocklist(options);
    states = [];
    expired = [];
    blocklist.health.subscribe(({ state }) => states.push(state));
    blocklist.expired.subscribe(({ network }) => expired.push(network));
    return blocklist.capabilities;
  },
  apply: async (ops: readonly BlockOp[]) => plainOutcomes(await opened(blocklist).apply(ops)),
  dryRun: async (ops: readonly BlockOp[]) => plainOutcomes(await opened(blocklist).dryRun(ops)),
  reconcile: async (blocks: readonly Block[]) => {
    const { failed, ...counts } = await opened(blocklist).reconcile(blocks);
    return { ...counts, failed: plainOutcomes(failed) };
  },
  list: () => opened(blocklist).list(),
  remembered: () => [...opened(blocklist).remembered()],
  counters: () => opened(blocklist).counters(),
  /** States of its health so far. */
  states: () => states,
  expired: () => expired,
  close: async (onStop?: 'keep' | 'flush' | 'delete') => {
    await blocklist?.close(onStop === undefined ? {} : { onStop });
    await netfilter?.close();
    blocklist = undefined;
    netfilter = undefined;
  },
  openNetfilter: async (options: NetfilterOptions) => {
    netfilter = await openNetfilter(options);
    return netfilter.capabilities;
  },
  commit,
  generation: () => opened(netfilter).generation(),
  tables: () => opened(netfilter).tables(),
  elements: (set: SetRef) => opened(netfilter).elements(set),
  /** Longest time in milliseconds that the event loop stood still since the last call. */
  stallMs: () => {
    const longest = delay.max / 1e6;
    delay.reset();
    delay.enable();
    return longest;
  },
};

export type FirewallWorker = typeof answers;

answerCalls(answers);
