import { type Address, AddressSet, type NameResolver, parseAddress, parseNetwork } from '@sluice/pipeline';
import { BanPolicyError } from '../ban-policy-error.ts';
import { after, type Eventually } from './eventually.ts';
import { NamedHosts } from './named-hosts.ts';
import type { Suspect } from './suspect.ts';

const readsLikeNetwork = /^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*)(?:\/.*)?$/i;
const readsLikeName = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*\.?$/i;

/** What `localhost` means everywhere, without asking a resolver (RFC 6761, 6.3). */
const loopback = ['127.0.0.0/8', '::1'];

/**
 * Who is never banned: addresses, networks (`10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`), host names, and ids as a
 * filter gives them. `localhost` is the loopback addresses.
 *
 * An entry that is no address or network is an id and matched as written; one that reads like a host name also stands for
 * the addresses that the resolver finds when it is asked. Without a resolver each name is in {@link unresolved}, so that
 * nobody relies on it unwarned.
 */
export class IgnoreList {
  /** One error with a cure for each host name, where there is no resolver. */
  readonly unresolved: readonly BanPolicyError[];
  readonly #networks = new AddressSet();
  readonly #addresses = new Set<string>();
  readonly #ids = new Set<string>();
  readonly #hosts: NamedHosts | undefined;

  /**
   * @param entries addresses, networks, names and ids; `file:` lists are `Protection`'s
   * @param onSilent told of a host name for which the resolver finds no address, once until it finds one
   * @throws BanPolicyError `ERR_BAN_POLICY_IGNORE` for an entry that reads like an address or network but is none
   */
  constructor(entries: readonly string[], resolver?: NameResolver, onSilent?: (name: string) => void) {
    const names: string[] = [];
    for (const entry of entries.flatMap((one) => (one === 'localhost' ? loopback : [one]))) {
      const network = parseNetwork(entry);
      if (network !== undefined) {
        this.#networks.add(network);
        if (network.prefix === bitsOf(network.address)) this.#addresses.add(network.address.text);
        continue;
      }
      if (readsLikeNetwork.test(entry)) throw notANetwork(entry);
      this.#ids.add(entry);
      if (readsLikeName.test(entry)) names.push(entry);
    }
    this.unresolved = resolver === undefined ? names.map(notResolved) : [];
    this.#hosts = resolver === undefined || names.length === 0 ? undefined : new NamedHosts(names, resolver, onSilent);
  }

  /** Whether the address or the id is listed, by what is known without a resolver. */
  has(who: Suspect): boolean {
    return this.#rule(who) !== undefined;
  }

  /** Whether the id is an address that stands in the list by itself. */
  names(who: Suspect): boolean {
    return this.#addresses.has(who.id);
  }

  /** By which kind of entry the address or id is listed: fail2ban calls a host name, and any other text, `dns`. */
  ruleFor(who: Suspect, nowMs: number): Eventually<'ip' | 'dns' | undefined> {
    const rule = this.#rule(who);
    if (rule !== undefined || who.address === undefined || this.#hosts === undefined) return rule;
    return after(this.#hosts.has(who.address, nowMs), (isNamed) => (isNamed ? 'dns' : undefined));
  }

  #rule(who: Suspect): 'ip' | 'dns' | undefined {
    if (this.#ids.has(who.id)) return 'dns';
    if (who.address !== undefined && this.#networks.has(who.address)) return 'ip';
    // An id that differs from the address (`<F-ID>`) may be an address too.
    if (who.address?.text === who.id) return undefined;
    const address = parseAddress(who.id);
    return address !== undefined && this.#networks.has(address) ? 'ip' : undefined;
  }
}

const bitsOf = ({ family }: Address): number => (family === 4 ? 32 : 128);

const notANetwork = (entry: string): BanPolicyError =>
  new BanPolicyError('ERR_BAN_POLICY_IGNORE', `ignore: expected an address, a network or an id, not "${entry}"`, {
    value: entry,
    cure: 'write an address, address/bits (0 to 32, or to 128 for IPv6) or address/netmask',
  });

const notResolved = (entry: string): BanPolicyError =>
  new BanPolicyError('ERR_BAN_POLICY_NAME', `ignore: "${entry}" is matched as an id only and not resolved`, {
    value: entry,
    cure: 'give a resolver, or write the addresses themselves',
  });
