import type { BlockedPort } from '@sluice/node-netfilter';
import type { Address } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';

/** A network that events are about: what is banned and let in as one. */
export interface Target {
  /** Tells it from all others. */
  readonly key: string;
  /** Canonical address, host bits cleared. */
  readonly address: string;
  readonly family: 4 | 6;
  /** Leading bits that count. */
  readonly prefix: number;
  /** Only this one; undefined for all traffic. */
  readonly port: BlockedPort | undefined;
}

/** What an event is about: one network, or one for each port that its jail bans; or why it is about none. */
export type About = Target | readonly Target[] | BanActionError;

/** The networks that an event is about. */
export function targetsIn(about: About): readonly Target[] {
  if (about instanceof BanActionError) return [];
  return 'key' in about ? [about] : about;
}

/**
 * @param address host bits cleared
 * @param scope bans of other scopes are apart from it: a jail's name, or '' for all
 */
export function targetAt(
  { text, family }: Address,
  prefix: number,
  scope: string,
  port: BlockedPort | undefined,
): Target {
  const network = scope === '' ? text : `${text} ${scope}`;
  const key = port === undefined ? network : `${port.protocol} ${port.port} ${network}`;
  return { key, address: text, family, prefix, port };
}
