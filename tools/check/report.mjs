import { formatFault } from './fault.mjs';

/**
 * Prints one line per fault and sets the exit code: 1 when there is any.
 *
 * @param {readonly import('./fault.mjs').Fault[]} faults
 */
export function report(faults) {
  for (const fault of faults) console.error(formatFault(fault));
  if (faults.length > 0) process.exitCode = 1;
}
