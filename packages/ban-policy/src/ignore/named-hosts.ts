import type { Address, NameResolver } from '@sluice/pipeline';
import type { Eventually } from './eventually.ts';

/** How long an answer goes on to count when a resolver that knew a name has none any more. */
const maxSilenceMs = 86_400_000;

interface Answer {
  /** What the resolver gave: a cached answer is the same object again. */
  readonly found: readonly Address[];
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
  readonly #onSilent: ((name: string) => void) | undefined;
  readonly #answers = new Map<string, Answer>();
  readonly #silent = new Set<string>();

  /** @param onSilent told of a name that has no addresses, once until it has some */
  constructor(names: readonly string[], resolver: NameResolver, onSilent?: (name: string) => void) {
    this.#names = names;
    this.#resolver = resolver;
    this.#onSilent = onSilent;
  }

  /** Whether one of the names stands for the address. Never rejects. */
  has(address: Address, nowMs: number): Eventually<boolean> {
    const awaited: Promise<boolean>[] = [];
    for (const name of this.#names) {
      const found = this.#ask(name);
      if (found instanceof Promise)
        awaited.push(found.then((addresses) => this.#holds(name, addresses, address, nowMs)));
      else if (this.#holds(name, found, address, nowMs)) return true;
    }
    return awaited.length === 0 ? false : Promise.all(awaited).then((answers) => answers.includes(true));
  }

  #ask(name: string): Eventually<readonly Address[]> {
    try {
      const found = this.#resolver.addressesOf(name);
      return found instanceof Promise ? found.catch(() => []) : found;
    } catch {
      return [];
    }
  }

  #holds(name: string, found: readonly Address[], address: Address, nowMs: number): boolean {
    if (found.length > 0) this.#remember(name, found, nowMs);
    else this.#miss(name);
    const answer = this.#answers.get(name);
    return answer !== undefined && nowMs - answer.atMs < maxSilenceMs && answer.texts.has(address.text);
  }

  #remember(name: string, found: readonly Address[], atMs: number): void {
    const known = this.#answers.get(name);
    const texts = known?.found === found ? known.texts : new Set(found.map(({ text }) => text));
    this.#answers.set(name, { found, texts, atMs });
    this.#silent.delete(name);
  }

  #miss(name: string): void {
    if (this.#silent.has(name)) return;
    this.#silent.add(name);
    this.#onSilent?.(name);
  }
}
