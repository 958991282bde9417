import type { QueuePlace } from '../queue-place.ts';
import type { Reports } from '../reports.ts';
import { eximCommand, noExim } from './exim-command.ts';
import { eximFault, isStartFailure } from './exim-fault.ts';
import { ownSpool } from './own-spool.ts';
import { type EximRun, type RunEximOptions, spawnExim } from './spawn-exim.ts';

/**
 * Runs the Exim of a place to its end and gives what it wrote.
 *
 * 1. Where the caller named the spool, Exim is first asked, once a place, whether it works on that one.
 * 2. Its exit code and what it says about messages are for the caller to read: the code does not tell. Standard error is
 *    read here: a refusal of this user and faults of the configuration are thrown.
 * 3. An abort, the time and the bound end it; the answer is then what it had written, with `isCut`.
 *
 * @param args passed as they are, behind `-C` where the place has a configuration
 * @throws {EximQueueError} `NO_EXIM`, `DENIED`, `EXIM`
 */
export async function runExim(
  place: QueuePlace,
  args: readonly string[],
  options: RunEximOptions & { readonly reports?: Reports } = {},
): Promise<EximRun> {
  const command = eximCommand(place, args);
  await ownSpool(place);
  options.reports?.add('runs');
  try {
    const run = await spawnExim(command, options);
    const fault = run.exitCode === 0 ? undefined : eximFault(place, run.stderr);
    if (fault !== undefined) throw fault;
    return run;
  } catch (error) {
    if (isStartFailure(error)) throw noExim(`${command.program} cannot be run: ${error.message}`, error);
    throw error;
  }
}
