import type { OpenOptions } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';

/** Where the options say that the queue is. */
export function openOptions({ where, io, messages }: CommandContext): OpenOptions {
  const { spool, eximPath, config, queue, noAside, backend } = where;
  return {
    rejects: messages,
    signal: io.stop.signal,
    ...(spool !== undefined && { spool }),
    ...(eximPath !== undefined && { exim: eximPath }),
    ...(config !== undefined && { config }),
    ...(queue !== undefined && { queue }),
    ...(noAside === true && { aside: false }),
    ...(backend !== undefined && { backend }),
  };
}
