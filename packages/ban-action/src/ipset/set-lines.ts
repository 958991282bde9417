import type { Family } from '../drivers/firewall-options.ts';
import { networkText } from '../drivers/network-text.ts';
import type { NetworkChange } from '../networks/network-driver.ts';
import type { ResolvedIpsetOptions } from './options.ts';

/** Longest time in seconds that ipset takes for an element: what fits into a signed number of milliseconds, 24.8 days. */
const maxTimeoutSeconds = 2_147_483;

export const maxTimeoutMs: number = maxTimeoutSeconds * 1000;

/**
 * Addresses that no packet comes from. Each set holds its own for ever: where it is missing, somebody has emptied the set.
 */
export const sentinels: Readonly<Record<Family, string>> = {
  4: '255.255.255.255/32',
  6: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128',
};

const isPlain = /^[\w.:@+-]{1,100}$/;

/** Whole seconds, rounded up; 0, which is for ever, for what is longer than ipset can count. */
function secondsOf(timeoutMs: number): number {
  const seconds = Math.max(1, Math.ceil(timeoutMs / 1000));
  return seconds > maxTimeoutSeconds ? 0 : seconds;
}

/** What bans a network in a set, or lets it in; undefined for what is no network. */
export function changeLine(set: string, change: NetworkChange): string | undefined {
  const network = networkText(change);
  if (network === undefined) return undefined;
  if (change.kind === 'unban') return `del ${set} ${network}`;
  const comment = isPlain.test(change.jail) ? ` comment "${change.jail}"` : '';
  return `add ${set} ${network} timeout ${secondsOf(change.timeoutMs)}${comment}`;
}

/** What makes a set with nothing in it but what tells that nobody emptied it. */
export function createLines(
  set: string,
  family: Family,
  { maxElements }: Pick<ResolvedIpsetOptions, 'maxElements'>,
): string[] {
  const inet = family === 4 ? 'inet' : 'inet6';
  return [
    `create ${set} hash:net family ${inet} hashsize 1024 maxelem ${maxElements} timeout 0 comment`,
    `add ${set} ${sentinels[family]} timeout 0 comment "sluice"`,
  ];
}

/** What lets all in. */
export const flushLines = (set: string, family: Family): string[] => [
  `flush ${set}`,
  `add ${set} ${sentinels[family]} timeout 0 comment "sluice"`,
];
