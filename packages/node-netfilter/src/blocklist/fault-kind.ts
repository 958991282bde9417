import { NodeNetfilterError } from '../node-netfilter-error.ts';

const code = (name: string): string => `ERR_NODE_NETFILTER_${name}`;
const gone = new Set(['NO_TABLE', 'NO_SET', 'NOT_FOUND'].map(code));
const ofElements = new Set(['FULL', 'KEY', 'NAME', 'OPTION'].map(code));
const answered = new Set(
  ['PERMISSION', 'OWNED', 'TOO_LARGE', 'STALE', 'UNSUPPORTED', 'EXISTS', 'NO_ELEMENT', 'MISSING'].map(code),
);

/** Whether the table, or a part of it, is not there. */
export const isGone = (error: NodeNetfilterError): boolean => gone.has(error.code);

/** Whether it is the element that is wrong, and not the table or the way to it. */
export const isElementFault = (error: NodeNetfilterError): boolean => ofElements.has(error.code);

/** Whether something else stands where something of ours has to be. */
export const isInTheWay = (error: NodeNetfilterError): boolean =>
  ['EXISTS', 'REFUSED', 'UNSUPPORTED'].map(code).includes(error.code);

/** Whether there is no way to the kernel any more. */
export const isCutOff = (error: NodeNetfilterError): boolean =>
  ['UNAVAILABLE', 'CLOSED'].map(code).includes(error.code);

/** Whether it is certain that nothing was changed. */
export const isRefusal = (error: NodeNetfilterError): boolean =>
  error.faults.length > 0 || isGone(error) || isElementFault(error) || answered.has(error.code);

/** Whatever was thrown, as an error of this package. */
export function asNetfilterError(reason: unknown): NodeNetfilterError {
  if (reason instanceof NodeNetfilterError) return reason;
  return new NodeNetfilterError('REFUSED', reason instanceof Error ? reason.message : String(reason), {
    cause: reason,
  });
}
