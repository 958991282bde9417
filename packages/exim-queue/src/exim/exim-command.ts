import type { Command } from '@sluice/pipeline/node';
import { EximQueueError } from '../exim-queue-error.ts';
import type { QueuePlace } from '../queue-place.ts';

/** What of a place tells which Exim to run. */
export type EximPlace = Pick<QueuePlace, 'exim' | 'config' | 'spoolDirectory'>;

/**
 * How Exim is run for a place: with the configuration of the place and in the C locale, in which its words are known.
 * Arguments are passed as they are; no shell sees them.
 *
 * @throws {EximQueueError} `NO_EXIM` for a place without one
 */
export function eximCommand({ exim, config }: Pick<EximPlace, 'exim' | 'config'>, args: readonly string[]): Command {
  if (exim === undefined) throw noExim('there is no Exim on this machine');
  return { program: exim, args: [...(config === undefined ? [] : ['-C', config]), ...args], env: { LC_ALL: 'C' } };
}

/** The error for what cannot be done as no Exim can be run. */
export const noExim = (fault: string, cause?: unknown): EximQueueError =>
  new EximQueueError('ERR_EXIM_QUEUE_NO_EXIM', fault, {
    cure: 'install it (Debian: exim4-daemon-light), or name it with the option exim',
    cause,
  });
