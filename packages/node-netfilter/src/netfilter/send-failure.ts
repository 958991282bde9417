import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { errno, errnoName } from '../socket/errno.ts';

/** The error for a request that the kernel did not even take. */
export function sendFailure(
  number: number,
  bytes: number,
  { maxRequestBytes }: { readonly maxRequestBytes: number },
): NodeNetfilterError {
  const name = errnoName(number);
  // ENOBUFS: it has no memory for so long a message.
  if (number === errno.EMSGSIZE || number === errno.ENOBUFS)
    return new NodeNetfilterError('TOO_LARGE', `a transaction of ${bytes} bytes is too large to send (${name})`, {
      errno: number,
      limit: maxRequestBytes,
      cure: `commit at most ${maxRequestBytes} bytes at a time, or raise net.core.wmem_max`,
    });
  return new NodeNetfilterError('REFUSED', `the kernel did not take a request (${name})`, { errno: number });
}
