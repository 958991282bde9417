import { hostname, networkInterfaces } from 'node:os';
import { type Address, type NameResolver, parseAddress } from '@sluice/pipeline';
import type { Eventually } from './eventually.ts';
import { NamedHosts } from './named-hosts.ts';
import { ownNames } from './own-names.ts';

const maxAgeMs = 300_000;

export interface OwnAddressesOptions {
  /** Gives all addresses. Default: those of the network interfaces. */
  readonly read?: () => readonly string[];
  /** Finds the addresses of this machine's names. Default none: only {@link read} counts. */
  readonly resolver?: NameResolver;
  /** This machine's short name. Default: what the kernel says. */
  readonly name?: () => string;
  /** Called when they cannot be read; what was known before then goes on to count. */
  readonly onFailed?: (error: unknown) => void;
}

const fromInterfaces = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);

/**
 * The addresses of this machine: those of its network interfaces, and with a resolver those of its host name and its full
 * name, which a router may translate to. Both are found out again when what is known is five minutes old, so that a new
 * lease is noticed without asking for each failure.
 */
export class OwnAddresses {
  readonly #options: OwnAddressesOptions;
  #known: ReadonlySet<string> = new Set();
  #readAtMs = Number.NEGATIVE_INFINITY;
  #hosts: NamedHosts | undefined;
  #naming: Promise<void> | undefined;
  #namedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: OwnAddressesOptions = {}) {
    this.#options = options;
  }

  has(address: Address, nowMs: number): Eventually<boolean> {
    if (isOld(this.#readAtMs, nowMs)) this.#read(nowMs);
    if (this.#known.has(address.text)) return true;
    const { resolver } = this.#options;
    if (resolver === undefined) return false;
    if (isOld(this.#namedAtMs, nowMs)) this.#name(resolver, nowMs);
    // Names that are being found out anew are waited for the first time only.
    if (this.#hosts !== undefined) return this.#hosts.has(address, nowMs);
    if (this.#naming === undefined) return false;
    return this.#naming.then(() => this.#hosts?.has(address, nowMs) ?? false);
  }

  #read(nowMs: number): void {
    this.#readAtMs = nowMs;
    const { read = fromInterfaces, onFailed } = this.#options;
    try {
      this.#known = new Set(read().map((text) => parseAddress(withoutZone(text))?.text ?? text));
    } catch (error) {
      onFailed?.(error);
    }
  }

  #name(resolver: NameResolver, nowMs: number): void {
    const { name = hostname, onFailed } = this.#options;
    this.#namedAtMs = nowMs;
    this.#naming = ownNames(name, resolver).then(
      (names) => {
        this.#hosts = new NamedHosts(names, resolver);
      },
      (error: unknown) => onFailed?.(error),
    );
  }
}

/** A clock that was set back must not keep what is known for ever. */
const isOld = (atMs: number, nowMs: number): boolean => nowMs - atMs >= maxAgeMs || nowMs < atMs;

const withoutZone = (text: string): string => {
  const percent = text.indexOf('%');
  return percent === -1 ? text : text.slice(0, percent);
};
