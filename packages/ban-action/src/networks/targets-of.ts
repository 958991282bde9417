import type { BlockedPort } from '@sluice/node-netfilter';
import type { BanEvent } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';
import { backendFault } from '../outcome.ts';
import type { ResolvedBackendOptions } from './network-backend-options.ts';
import { networkKey } from './network-key.ts';
import { type About, type Target, targetAt } from './target.ts';

type Finding = Pick<ResolvedBackendOptions, 'prefixes' | 'perJail' | 'portsOf'>;

/** What an event is about: one network, or one for each port that its jail bans; or why it is about none. */
export function targetsOf(
  { jail, id, address }: Pick<BanEvent, 'jail' | 'id' | 'address'>,
  backend: string,
  { prefixes, perJail, portsOf }: Finding,
): About {
  const network = address && networkKey(address, prefixes);
  if (network === undefined) {
    const shown = JSON.stringify(String(address?.text ?? id).slice(0, 100));
    return new BanActionError('ERR_BAN_ACTION_ADDRESS', `${backend} bans addresses, and ${shown} is none`, {
      value: id,
    });
  }
  const scope = perJail ? jail : '';
  const at = (port?: BlockedPort): Target => targetAt(network, prefixes[network.family], scope, port);
  if (portsOf === undefined) return at();
  try {
    const ports = portsOf(jail) ?? [];
    return ports.length === 0 ? at() : ports.map(at);
  } catch (error) {
    return backendFault(backend, error);
  }
}
