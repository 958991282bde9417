import type { Family } from '../drivers/firewall-options.ts';
import { networkText, readNetwork } from '../drivers/network-text.ts';
import type { BlockedNetwork } from '../networks/network-driver.ts';
import { sentinels } from './set-lines.ts';

/** What kind of set there is. */
export interface SetKind {
  /** `hash:net`. */
  readonly type: string;
  readonly family: Family;
  readonly hasTimeouts: boolean;
  readonly hasComments: boolean;
  readonly maxElements: number;
}

/** Reads what `ipset list -t` prints. */
export function readSetKind(listing: string): SetKind {
  const type = listing.match(/^Type: (\S+)/m)?.[1] ?? '';
  const header = listing.match(/^Header: (.*)/m)?.[1] ?? '';
  return {
    type,
    family: / ?family inet6 /.test(`${header} `) ? 6 : 4,
    hasTimeouts: /\btimeout \d/.test(header),
    hasComments: /\bcomment\b/.test(header),
    maxElements: Number(header.match(/\bmaxelem (\d+)/)?.[1]),
  };
}

/** Reads what `ipset save` prints: the networks in the set, without that which is always there. */
export function readSaved(saved: string): BlockedNetwork[] {
  return saved.split('\n').flatMap((line) => {
    const [, text, seconds, jail] = line.match(/^add \S+ (\S+)(?: timeout (\d+))?(?: comment "(.*)")?$/) ?? [];
    const network = text === undefined ? undefined : readNetwork(text);
    if (network === undefined || networkText(network) === sentinels[network.family]) return [];
    const expiresInMs = Number(seconds ?? 0) * 1000;
    return [{ ...network, ...(expiresInMs > 0 && { expiresInMs }), ...(jail !== undefined && { jail }) }];
  });
}
