import { BanwatchdError } from '../banwatchd-error.ts';

/** What all jails together can ban with. */
export const backendNames = ['netfilter', 'ipset', 'iptables', 'nginx', 'hook', 'webhook', 'mail'] as const;
export type BackendName = (typeof backendNames)[number];

/** What bans are put into effect by: the jails' own actions, or something that all jails share. */
export type BanWith = 'actions' | BackendName;

const all: readonly BanWith[] = ['actions', ...backendNames];
const isKnown = (name: string): name is BanWith => all.some((one) => one === name);

/**
 * Reads `netfilter, webhook`: names with commas or blanks between them.
 *
 * @param place where it is written, if in a file
 * @throws BanwatchdError `ERR_BANWATCHD_BAN_WITH`
 */
export function parseBanWith(text: string, place?: { readonly file: string; readonly line: number }): BanWith[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const cure = `name one or more of ${all.join(', ')}`;
  const wrong = names.find((name) => !isKnown(name));
  const fault = names.length === 0 ? 'nothing to ban with is named' : `nobody knows how to ban with ${wrong}`;
  if (names.length === 0 || wrong !== undefined)
    throw new BanwatchdError('ERR_BANWATCHD_BAN_WITH', fault, { ...place, cure, value: text });
  return [...new Set(names as BanWith[])];
}
