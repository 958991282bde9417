import {
  type Family,
  type FirewallOptions,
  mustName,
  type ResolvedFirewallOptions,
  resolveFirewallOptions,
} from '../drivers/firewall-options.ts';
import { mustCount } from '../options.ts';

/** Options of `ipset`. */
export interface IpsetOptions extends FirewallOptions {
  /** Beginning of the sets' names, which get a `4` or a `6`. Default `sluice`: `sluice4` and `sluice6`. */
  readonly setPrefix?: string;
  /**
   * Most networks in a set; a further one is refused. Default 1,048,576: memory is taken for those that are there only.
   * (That of `ipset` itself, 65,536, is what lists of others break at.)
   */
  readonly maxElements?: number;
  /**
   * Longest time for which a rule that somebody removed (`iptables -F`) may go unnoticed while bans come. Default 1000:
   * looking costs some 2 ms a family.
   */
  readonly ruleCheckMs?: number;
}

export type ResolvedIpsetOptions = ResolvedFirewallOptions &
  Required<Pick<IpsetOptions, 'maxElements' | 'ruleCheckMs'>> & {
    readonly sets: Readonly<Record<Family, string>>;
  };

/** A set's name has 31 characters at most, and while one is made anew its name ends in `4-new`. */
const maxPrefixChars = 26;

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveIpsetOptions(options: IpsetOptions): ResolvedIpsetOptions {
  const { setPrefix = 'sluice', maxElements = 1_048_576, ruleCheckMs = 1000 } = options;
  mustName('setPrefix', setPrefix, maxPrefixChars);
  mustCount('maxElements', maxElements, 1, 4_294_967_294);
  mustCount('ruleCheckMs', ruleCheckMs, 0);
  const sets = { 4: `${setPrefix}4`, 6: `${setPrefix}6` };
  return { ...resolveFirewallOptions('ipset', options), sets, maxElements, ruleCheckMs };
}
