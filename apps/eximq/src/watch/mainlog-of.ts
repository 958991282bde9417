import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '@sluice/command-line';
import { askSettings, mainlogPath, type QueuePlace } from '@sluice/exim-queue/batches';
import { followFiles } from '@sluice/log-source';
import type { Chunk, RejectSink } from '@sluice/pipeline';
import type { Observable } from 'rxjs';
import type { CommandContext } from '../command-context.ts';
import type { WatchSettings } from '../settings/watch-settings.ts';

/** A path as a glob that means nothing else. */
const literally = (file: string): string => file.replaceAll(/[*?[]/g, '[$&]');

/** The path that Exim tells, as a glob; undefined where Exim cannot tell of this spool. */
async function askedPath(place: QueuePlace, { io, messages }: CommandContext): Promise<string | undefined> {
  // The log of an Exim on this machine says nothing about a copy of another's spool.
  if (place.exim === undefined || place.spoolFrom === 'option') return undefined;
  const file = mainlogPath(await askSettings(place, io.stop.signal));
  if (file === undefined) messages.note('Exim logs to syslog only: who removed a message, and why, is not told');
  return file;
}

/** Whether a log may be read; one that is not there yet may come. */
function isReadable(file: string, { messages }: CommandContext): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    messages.note(
      `${file}: ${reasonOf(error)}; who removed a message, and why, is not told (the group adm may read it)`,
    );
    return false;
  }
}

/** Exim's main log from now on, where there is one that may be read. */
export async function mainlogOf(
  place: QueuePlace,
  { mainlog, skipMainlog }: WatchSettings,
  rejects: RejectSink,
  context: CommandContext,
): Promise<Observable<Chunk> | undefined> {
  if (skipMainlog === true) return undefined;
  const file = mainlog === undefined ? await askedPath(place, context) : literally(path.resolve(mainlog));
  if (file === undefined || !isReadable(file, context)) return undefined;
  return followFiles([file], { signal: context.io.stop.signal, rejects });
}
