import { NodeNetfilterError } from '@sluice/node-netfilter';
import { BanActionError } from '../ban-action-error.ts';
import { backendFault } from '../outcome.ts';

/** Codes that read otherwise here; all others are the same or, where there is none, `REFUSED`. */
const codes: Readonly<Record<string, string>> = {
  NAME: 'OPTION',
  KEY: 'ADDRESS',
  UNAVAILABLE: 'UNSUPPORTED',
  OWNED: 'IN_USE',
  NO_TABLE: 'GONE',
  NO_SET: 'GONE',
  NOT_FOUND: 'GONE',
  CLOSED: 'ABORTED',
};

const same = new Set([
  'OPTION',
  'MISSING',
  'PERMISSION',
  'IN_USE',
  'FULL',
  'TOO_LARGE',
  'UNSUPPORTED',
  'TIMEOUT',
  'ABORTED',
]);

/** What node-netfilter threw, as an error of this package. */
export function netfilterFault(cause: unknown): BanActionError {
  if (!(cause instanceof NodeNetfilterError)) return backendFault('netfilter', cause);
  const what = cause.code.replace('ERR_NODE_NETFILTER_', '');
  const code = codes[what] ?? (same.has(what) ? what : 'REFUSED');
  const { cure, value, limit } = cause;
  const fault = cure === undefined ? cause.message : cause.message.slice(0, -`; ${cure}`.length);
  return new BanActionError(`ERR_BAN_ACTION_${code}`, `netfilter: ${fault}`, { cure, value, limit, cause });
}
