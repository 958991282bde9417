import type { Address } from './address.ts';

/**
 * Finds the addresses of host names, and names of addresses. Bounded in names kept, in requests under way and in time;
 * never rejects: what cannot be found out is an empty answer.
 *
 * An answer that is known is given at once, so that the hot path waits for nothing that it has asked before.
 */
export interface NameResolver {
  /** The addresses of a host name; none when it has none, or when the time was up. */
  addressesOf(name: string): readonly Address[] | Promise<readonly Address[]>;
  /** The name of an address (PTR); undefined when it has none, or when the time was up. */
  nameOf(address: Address): string | undefined | Promise<string | undefined>;
}
