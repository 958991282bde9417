import { AddressSet, type Failure, parseAddress, parseNetwork } from '@sluice/pipeline';
import { BanPolicyError } from './ban-policy-error.ts';

const readsLikeNetwork = /^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*)(?:\/.*)?$/i;
const readsLikeName = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*\.?$/i;

/** What `localhost` means everywhere, without asking a resolver (RFC 6761, 6.3). */
const loopback = ['127.0.0.0/8', '::1'];

/**
 * Who is never banned: addresses, networks (`10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`) and ids as a filter
 * gives them. `localhost` is the loopback addresses.
 *
 * An entry that is no address or network is an id and matched as written. Host names and `file:` lists are not resolved:
 * each is kept as an id and named in {@link unresolved}, so that nobody relies on it unwarned.
 */
export class IgnoreList {
  /** One error with a cure for each entry that fail2ban would resolve and this list does not. */
  readonly unresolved: readonly BanPolicyError[];
  readonly #networks = new AddressSet();
  readonly #ids = new Set<string>();

  /** @throws BanPolicyError `ERR_BAN_POLICY_IGNORE` for an entry that reads like an address or network but is none */
  constructor(entries: readonly string[]) {
    const unresolved: BanPolicyError[] = [];
    for (const entry of entries.flatMap((one) => (one === 'localhost' ? loopback : [one]))) {
      const network = parseNetwork(entry);
      if (network !== undefined) {
        this.#networks.add(network);
        continue;
      }
      if (readsLikeNetwork.test(entry)) throw notANetwork(entry);
      this.#ids.add(entry);
      if (entry.startsWith('file:') || readsLikeName.test(entry)) unresolved.push(notResolved(entry));
    }
    this.unresolved = unresolved;
  }

  /** Whether the failure's address or its id is listed. */
  has(failure: Pick<Failure, 'id' | 'address'>): boolean {
    if (this.#ids.has(failure.id)) return true;
    if (failure.address !== undefined && this.#networks.has(failure.address)) return true;
    // An id that differs from the address (`<F-ID>`) may be an address too.
    if (failure.address?.text === failure.id) return false;
    const address = parseAddress(failure.id);
    return address !== undefined && this.#networks.has(address);
  }
}

const notANetwork = (entry: string): BanPolicyError =>
  new BanPolicyError('ERR_BAN_POLICY_IGNORE', `ignore: expected an address, a network or an id, not "${entry}"`, {
    value: entry,
    cure: 'write an address, address/bits (0 to 32, or to 128 for IPv6) or address/netmask',
  });

const notResolved = (entry: string): BanPolicyError =>
  new BanPolicyError('ERR_BAN_POLICY_NAME', `ignore: "${entry}" is matched as an id only and not resolved`, {
    value: entry,
    cure: 'write the addresses themselves',
  });
