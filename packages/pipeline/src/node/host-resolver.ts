import dns from 'node:dns/promises';
import { type Address, parseAddress } from '../address.ts';
import { type Clock, systemClock } from '../clock.ts';
import { ComponentError } from '../component-error.ts';
import { isHostName } from '../host-name.ts';
import type { NameResolver } from '../name-resolver.ts';
import { optionCheck } from '../option-check.ts';
import { LimitedLookups } from './limited-lookups.ts';

/** Options of {@link hostResolver}. */
export interface HostResolverOptions {
  /** After this the answer is that there is none; time spent waiting for a turn counts. Default 5000. */
  readonly timeoutMs?: number | undefined;
  /** How long an answer holds, also that there is none. Default 300,000 (5 min), as fail2ban. */
  readonly ttlMs?: number | undefined;
  /** Most answers remembered, of names and of addresses each. Default 10,000. */
  readonly maxCached?: number | undefined;
  /**
   * Most requests under way at once, for names and for addresses each. Default 16. The usual `lookup` and `reverse` hold a
   * thread of libuv's pool (four, unless `UV_THREADPOOL_SIZE` says otherwise) for each.
   */
  readonly maxConcurrent?: number | undefined;
  /** Most questions that wait for a turn; any further one has no answer, at once. Default 1000. */
  readonly maxWaiting?: number | undefined;
  /** Ends all waiting; from then on only what is remembered has an answer. */
  readonly signal?: AbortSignal | undefined;
  /** Finds the addresses of a name. Default getaddrinfo(3), as all programs of the machine do. */
  readonly lookup?: ((name: string) => Promise<readonly string[]>) | undefined;
  /** Finds the name of an address. Default getnameinfo(3). */
  readonly reverse?: ((address: string) => Promise<string | undefined>) | undefined;
  /** Default the machine's clock. */
  readonly clock?: Clock | undefined;
}

const check = optionCheck((fault, value) => new ComponentError('ERR_PIPELINE_OPTION', fault, { value }));

const lookUp = async (name: string): Promise<readonly string[]> =>
  (await dns.lookup(name, { all: true })).map(({ address }) => address);

const lookUpName = async (address: string): Promise<string> => (await dns.lookupService(address, 0)).hostname;

/** Valid ones, each once, IPv4 first: the same answer has the same order. */
function addressesIn(texts: readonly string[]): readonly Address[] {
  const byText = new Map<string, Address>();
  for (const text of texts) {
    const address = parseAddress(text);
    if (address !== undefined) byText.set(address.text, address);
  }
  return [...byText.values()].sort((a, b) => a.family - b.family);
}

/**
 * Resolves names by the machine's own resolver (hosts file, DNS).
 *
 * - A text that is no host name is never asked, and a name that a resolver gives for an address is taken only if it is one.
 * - However many names are asked: `maxConcurrent` requests under way, `maxWaiting` questions waiting, `maxCached`
 *   answers kept, `timeoutMs` for each question.
 * - What cannot be found out is remembered too, so that it is not asked again and again.
 *
 * Throws ERR_PIPELINE_OPTION for an option out of range.
 *
 * @example
 * ```ts
 * const resolver = hostResolver({ timeoutMs: 2000 });
 * await resolver.addressesOf('localhost'); // [{ text: '127.0.0.1', family: 4 }, { text: '::1', family: 6 }]
 * ```
 */
export function hostResolver(options: HostResolverOptions = {}): NameResolver {
  for (const option of ['lookup', 'reverse'] as const) check.callback(option, options[option]);
  check.signal(options.signal);
  const limits = {
    timeoutMs: check.integer('timeoutMs', options.timeoutMs, 5000, 1, 3_600_000),
    ttlMs: check.integer('ttlMs', options.ttlMs, 300_000, 0),
    maxCached: check.integer('maxCached', options.maxCached, 10_000, 1),
    maxConcurrent: check.integer('maxConcurrent', options.maxConcurrent, 16, 1),
    maxWaiting: check.integer('maxWaiting', options.maxWaiting, 1000, 1),
    signal: options.signal,
    clock: options.clock ?? systemClock,
  };
  const { lookup = lookUp, reverse = lookUpName } = options;
  const addresses = new LimitedLookups<readonly Address[]>(async (name) => addressesIn(await lookup(name)), [], limits);
  const names = new LimitedLookups<string | undefined>(
    async (address) => {
      const name = await reverse(address);
      return name !== undefined && isHostName(name) ? name : undefined;
    },
    undefined,
    limits,
  );
  return {
    addressesOf: (name) => (isHostName(name) ? addresses.find(name.toLowerCase()) : []),
    nameOf: ({ text }) => names.find(text),
  };
}
