import { type Command, runChild as run, runChildBytes as runBytes } from '@sluice/pipeline/node';
import { VcsEventsError } from './vcs-events-error.ts';

const tooLarge = (fault: string, limit: number): Error =>
  new VcsEventsError('ERR_VCS_EVENTS_TOO_LARGE', fault, { limit });

/**
 * A child's whole output as text, for answers that are small. After an abort it is what had come until then.
 *
 * @param maxBytes more than that is an error, `ERR_VCS_EVENTS_TOO_LARGE`; default 64 MiB
 */
export const runChild = (command: Command, signal?: AbortSignal, maxBytes?: number): Promise<string> =>
  run(command, { signal, maxBytes, tooLarge });

/** The same as bytes. */
export const runChildBytes = (command: Command, signal?: AbortSignal, maxBytes?: number): Promise<Buffer> =>
  runBytes(command, { signal, maxBytes, tooLarge });
