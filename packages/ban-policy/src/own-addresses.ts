import { networkInterfaces } from 'node:os';
import { type Address, parseAddress } from '@sluice/pipeline';

const maxAgeMs = 300_000;

export interface OwnAddressesOptions {
  /** Gives all addresses. Default: those of the network interfaces. */
  readonly read?: () => readonly string[];
  /** Called when they cannot be read; what was known before then goes on to count. */
  readonly onFailed?: (error: unknown) => void;
}

const fromInterfaces = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address) ?? []);

/**
 * The addresses of this machine's network interfaces, read again when what is known is five minutes old, so that a new
 * lease is noticed without asking the kernel for each failure.
 */
export class OwnAddresses {
  readonly #read: () => readonly string[];
  readonly #onFailed: ((error: unknown) => void) | undefined;
  #known: ReadonlySet<string> = new Set();
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: OwnAddressesOptions = {}) {
    this.#read = options.read ?? fromInterfaces;
    this.#onFailed = options.onFailed;
  }

  has(address: Address, nowMs: number): boolean {
    // A clock that was set back must not keep what is known for ever.
    if (nowMs - this.#readAtMs >= maxAgeMs || nowMs < this.#readAtMs) this.#refresh(nowMs);
    return this.#known.has(address.text);
  }

  #refresh(nowMs: number): void {
    this.#readAtMs = nowMs;
    try {
      this.#known = new Set(this.#read().map((text) => parseAddress(withoutZone(text))?.text ?? text));
    } catch (error) {
      this.#onFailed?.(error);
    }
  }
}

const withoutZone = (text: string): string => {
  const percent = text.indexOf('%');
  return percent === -1 ? text : text.slice(0, percent);
};
