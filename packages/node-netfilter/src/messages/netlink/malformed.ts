import { NodeNetfilterError } from '../../node-netfilter-error.ts';

/** The error for bytes that are no message. */
export const malformed = (fault: string): NodeNetfilterError => new NodeNetfilterError('MALFORMED', fault);
