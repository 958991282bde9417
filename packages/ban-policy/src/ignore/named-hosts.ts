import type { Address, NameResolver } from '@sluice/pipeline';
import type { Eventually } from './eventually.ts';

/** How long an answer goes on to count when a resolver that knew a name has none any more. */
const maxSilenceMs = 86_400_000;

interface Answer {
  readonly texts: ReadonlySet<string>;
  readonly atMs: number;
}

/**
 * The addresses of some host names, looked up when they are asked for: it is the resolver that remembers for how long.
 *
 * A name that has no addresses any more keeps the last ones for a day: an outage of the name service must not be the moment
 * at which those who are to be spared are banned.
 */
export class NamedHosts {
  readonly #names: readonly string[];
  readonly #resolver: NameResolver;
  readonly #answers = new Map<string, Answer>();

  constructor(names: readonly string[], resolver: NameResolver) {
    this.#names = names;
    this.#resolver = resolver;
  }

  /** Whether one of the names stands for the address. */
  has(address: Address, nowMs: number): Eventually<boolean> {
    const awaited: Promise<boolean>[] = [];
    for (const name of this.#names) {
      const found = this.#resolver.addressesOf(name);
      if (!(found instanceof Promise)) {
        if (this.#holds(name, found, address, nowMs)) return true;
      } else awaited.push(found.then((addresses) => this.#holds(name, addresses, address, nowMs)));
    }
    return awaited.length === 0 ? false : Promise.all(awaited).then((answers) => answers.includes(true));
  }

  #holds(name: string, found: readonly Address[], address: Address, nowMs: number): boolean {
    if (found.length > 0) this.#answers.set(name, { texts: new Set(found.map(({ text }) => text)), atMs: nowMs });
    const answer = this.#answers.get(name);
    return answer !== undefined && nowMs - answer.atMs < maxSilenceMs && answer.texts.has(address.text);
  }
}
