import { NodeNetfilterError, type NodeNetfilterErrorCode } from '../node-netfilter-error.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';

const prefix = 'ERR_NODE_NETFILTER_';

/** The error of a refused commit: the first fault's, with all faults. */
export function errorOfFaults(faults: readonly CommandFault[]): NodeNetfilterError {
  const { error } = faults[0] as CommandFault;
  const { message, code, errno, value } = error;
  return new NodeNetfilterError(code.slice(prefix.length) as NodeNetfilterErrorCode, message, {
    errno,
    value,
    faults,
    cause: error,
  });
}
