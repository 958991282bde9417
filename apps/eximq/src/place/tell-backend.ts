import type { QueuePlace } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';

/** Tells when a queue is not read from its files, unless that is what was asked for. */
export function tellBackend({ backendReason }: QueuePlace, { where, messages }: CommandContext): void {
  if (backendReason !== undefined && where.backend !== 'exim') messages.note(backendReason);
}
