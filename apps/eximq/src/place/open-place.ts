import { locateQueue, type QueuePlace } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { openOptions } from './open-options.ts';
import { tellBackend } from './tell-backend.ts';

/** Finds the queue that the options say, and tells when it cannot be read from its files. */
export async function openPlace(context: CommandContext): Promise<QueuePlace> {
  const place = await locateQueue(openOptions(context));
  tellBackend(place, context);
  return place;
}
