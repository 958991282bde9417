import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { complaintErrno } from './complaint-errno.ts';

const maxShownChars = 300;

/** Why nft did nothing at all, where it points at no command. */
export function wholeFault(stderr: string): NodeNetfilterError {
  const text = stderr.match(/Error: (.+)/)?.[1] ?? stderr.trim().split('\n')[0] ?? '';
  const errno = /Operation not permitted/.test(stderr) ? 1 : complaintErrno(stderr);
  const details = { errno, value: stderr.slice(0, maxShownChars) };
  switch (errno) {
    case 1:
      return new NodeNetfilterError('PERMISSION', 'the kernel lets nft not at its firewall (EPERM)', {
        ...details,
        cure: 'run it as root, or give the process CAP_NET_ADMIN in its network namespace',
      });
    case 90:
    case 105:
      return new NodeNetfilterError('TOO_LARGE', `a transaction is too large for nft to send: ${text}`, {
        ...details,
        cure: 'commit less at a time, or raise net.core.wmem_default',
      });
    case 93:
    case 95:
      return new NodeNetfilterError('UNAVAILABLE', `nft finds no nf_tables in the kernel: ${text}`, {
        ...details,
        cure: 'use a kernel with nf_tables (CONFIG_NF_TABLES), or load the module',
      });
    default:
      return new NodeNetfilterError('REFUSED', `nft: ${text === '' ? 'it gave no reason' : text}`, details);
  }
}
