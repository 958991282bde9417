import type { UseDns } from '@sluice/fail2ban-config';
import { type Address, isHostName, parseAddress, parseNetwork } from '@sluice/pipeline';
import type { Fail2banFilterErrorCode } from '../fail2ban-filter-error.ts';
import type { Groups } from './merge-groups.ts';
import { networkId } from './network-id.ts';

/** Whom a failure is counted for. */
export interface FailureId {
  readonly kind: 'id';
  readonly id: string;
  readonly address?: Address;
}

/** A host name, whose addresses the failure is counted for. */
export interface NamedHost {
  readonly kind: 'name';
  readonly hostName: string;
}

/** Why a match is counted for nobody. */
export interface NoId {
  readonly kind: 'reject';
  readonly code: Fail2banFilterErrorCode;
  readonly reason: string;
  readonly value: string;
}

const reject = (code: Fail2banFilterErrorCode, reason: string, value: string): NoId => ({
  kind: 'reject',
  code,
  reason,
  value,
});

const nobody = reject('ERR_FAIL2BAN_FILTER_NO_VALUE', 'the match names no address, host or id', '');

const ofAddress = (address: Address): FailureId => ({ kind: 'id', id: address.text, address });

function fromAddress(text: string, cidr: string | undefined): FailureId | NoId {
  const address = parseAddress(text);
  if (address === undefined)
    return reject('ERR_FAIL2BAN_FILTER_ADDRESS', `${JSON.stringify(text)} is no valid address`, text);
  if (cidr === undefined) return ofAddress(address);
  const network = networkId(address, cidr);
  if (network === address.text) return ofAddress(address);
  const whole = `${text}/${cidr}`;
  return network === undefined
    ? reject('ERR_FAIL2BAN_FILTER_ADDRESS', `${JSON.stringify(whole)} is no valid network`, whole)
    : { kind: 'id', id: network };
}

/** Ids are kept by the thousand, and an attacker may choose them. */
const maxIdChars = 1000;

const tooLong = (id: string): NoId =>
  reject('ERR_FAIL2BAN_FILTER_LONG_ID', `an id of ${id.length} characters; at most ${maxIdChars} are counted`, id);

/** What only looks like an address: four numbers with dots, as others read in ways of their own. */
const dotted = /^\d+(?:\.\d+){3}(?:\/.*)?$/s;

/**
 * The address or network that an id of the filter's own is, in its canonical text; the text itself, without square
 * brackets around it, when it is none.
 * Refuses what only looks like an IPv4 address.
 */
export function ownId(fid: string): FailureId | NoId {
  if (fid.length > maxIdChars) return tooLong(fid);
  const text = /^\[.+\]$/s.test(fid) ? fid.slice(1, -1) : fid;
  const network = parseNetwork(text);
  if (network !== undefined) return fromAddress(network.address.text, String(network.prefix));
  return dotted.test(text)
    ? reject('ERR_FAIL2BAN_FILTER_ADDRESS', `${JSON.stringify(fid)} is no valid address`, fid)
    : { kind: 'id', id: text };
}

function fromName(name: string, useDns: UseDns): FailureId | NamedHost | NoId {
  const address = parseAddress(name);
  if (address !== undefined) return ofAddress(address);
  if (useDns === 'raw') return name.length > maxIdChars ? tooLong(name) : { kind: 'id', id: name };
  if (useDns !== 'no' && isHostName(name)) return { kind: 'name', hostName: name };
  const reason = useDns === 'no' ? 'host names are left out by usedns = no' : 'this is no host name';
  return reject('ERR_FAIL2BAN_FILTER_NAME', `${JSON.stringify(name)}: ${reason}`, name);
}

/** Whether the groups hold anything to count a failure for. */
export const namesSomebody = ({ fid, ip4, ip6, dns }: Groups): boolean => Boolean(fid || ip4 || ip6 || dns);

/**
 * Finds whom a match is counted for: the filter's own id (`fid`), else the address (`ip4`, `ip6`, with `cidr` the
 * network), else the host name (`dns`). A host name that is to be looked up wins over an id, as in fail2ban.
 *
 * An own id may come with an address, which is given along when it is valid; an id that is an address or network is
 * written canonically. Nothing that looks like an address but is none (`999.1.1.1`, `192.030.0.6`) is ever an id.
 */
export function failureId(groups: Groups, useDns: UseDns): FailureId | NamedHost | NoId {
  const { fid, ip4, ip6, dns, cidr } = groups;
  const text = ip4 || ip6;
  if (fid && fid !== text && (text || !dns || useDns === 'raw')) {
    const own = ownId(fid);
    const address = own.kind === 'id' && text ? parseAddress(text) : undefined;
    return address === undefined || own.kind === 'reject' ? own : { kind: 'id', id: own.id, address };
  }
  if (text) return fromAddress(text, cidr || undefined);
  return dns ? fromName(dns, useDns) : nobody;
}
