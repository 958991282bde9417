import type { UseDns } from '@sluice/fail2ban-config';
import { type Address, parseAddress } from '@sluice/pipeline';
import type { Fail2banFilterErrorCode } from '../fail2ban-filter-error.ts';
import type { Groups } from './merge-groups.ts';
import { networkId } from './network-id.ts';

/** Whom a failure is counted for. */
export interface FailureId {
  readonly kind: 'id';
  readonly id: string;
  readonly address?: Address;
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

function fromName(name: string, useDns: UseDns): FailureId | NoId {
  const address = parseAddress(name);
  if (address !== undefined) return ofAddress(address);
  if (useDns === 'raw') return { kind: 'id', id: name };
  const reason =
    useDns === 'no' ? 'host names are left out by usedns = no' : 'host names are not resolved; filter by address';
  return reject('ERR_FAIL2BAN_FILTER_NAME', `${JSON.stringify(name)}: ${reason}`, name);
}

/** Whether the groups hold anything to count a failure for. */
export const namesSomebody = ({ fid, ip4, ip6, dns }: Groups): boolean => Boolean(fid || ip4 || ip6 || dns);

/**
 * Finds whom a match is counted for: the filter's own id (`fid`), else the address (`ip4`, `ip6`, with `cidr` the
 * network), else the host name (`dns`).
 *
 * An own id may come with an address, which is given along when it is valid. Nothing that looks like an address but is
 * none (`999.1.1.1`, `192.030.0.6`) is ever an id: others read such texts in ways of their own.
 */
export function failureId(groups: Groups, useDns: UseDns): FailureId | NoId {
  const { fid, ip4, ip6, dns, cidr } = groups;
  const text = ip4 || ip6;
  if (fid) {
    const address = parseAddress(text || fid);
    if (address === undefined) return { kind: 'id', id: fid };
    return text ? { kind: 'id', id: fid, address } : ofAddress(address);
  }
  if (text) return fromAddress(text, cidr || undefined);
  return dns ? fromName(dns, useDns) : nobody;
}
