import type { BlockedPort, Health } from '@sluice/node-netfilter';
import type { Ban, BanEvent } from '@sluice/pipeline';
import { answerCalls } from '../../../../../tools/testing/answer-calls.ts';
import type { BanOutcome } from '../../ban-backend.ts';
import { type NetfilterBackend, netfilter } from '../netfilter.ts';
import type { NetfilterOptions } from '../netfilter-options.ts';

// What a test drives in a network namespace: a program that bans as any does.

/** Options that go through structured clone. */
export type PlainOptions = Omit<NetfilterOptions, 'portsOf' | 'sockets' | 'clock' | 'rejects'> & {
  /** Ports of the jails that ban only these. */
  readonly ports?: Readonly<Record<string, readonly BlockedPort[]>>;
};

let backend: NetfilterBackend = netfilter();
const states: Health['state'][] = [];
const expired: string[] = [];

/** Errors lose their fields on their way. */
const plain = (outcomes: readonly BanOutcome[]): readonly BanOutcome[] =>
  outcomes.map(({ error, ...outcome }) => {
    if (error === undefined) return outcome;
    const { code, message, cure } = error;
    return { ...outcome, error: { code, message, cure } as typeof error };
  });

const answers = {
  async start({ ports, ...options }: PlainOptions) {
    backend = netfilter({ ...options, ...(ports && { portsOf: (jail) => ports[jail] }) });
    backend.health.subscribe(({ state }) => states.push(state));
    backend.expired.subscribe(({ address, prefix }) => expired.push(`${address}/${prefix}`));
    await backend.start();
    return backend.capabilities;
  },
  again: () => backend.start(),
  apply: async (events: readonly BanEvent[]) => plain(await backend.apply(events)),
  reconcile: async (bans: readonly Ban[]) => plain(await backend.reconcile(bans)),
  flush: () => backend.flush(),
  list: () => backend.list(),
  counters: () => backend.counters(),
  states: () => states,
  expired: () => expired,
  stop: () => backend.stop(),
};

export type NetfilterAnswers = typeof answers;

answerCalls(answers);
