import type { Ack } from '../messages/netlink/decode-ack.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { errno, errnoName } from '../socket/errno.ts';

/** The error for an answer that is about a request as a whole. */
export function wholeRefusal({ errno: number, text }: Pick<Ack, 'errno' | 'text'>): NodeNetfilterError {
  const words = text === undefined ? errnoName(number) : `${errnoName(number)}: ${text}`;
  switch (number) {
    case errno.EPERM:
      return new NodeNetfilterError('PERMISSION', `the kernel does not let this process at its firewall (${words})`, {
        errno: number,
        cure: 'give it CAP_NET_ADMIN in its network namespace',
      });
    case errno.ERESTART:
      return new NodeNetfilterError('STALE', `the ruleset is of another generation by now (${words})`, {
        errno: number,
        cure: 'read it anew',
      });
    case errno.EOPNOTSUPP:
    case errno.EINVAL:
      return new NodeNetfilterError('UNSUPPORTED', `this kernel does not take the request (${words})`, {
        errno: number,
      });
    default:
      return new NodeNetfilterError('REFUSED', `the kernel refuses the request (${words})`, { errno: number });
  }
}
