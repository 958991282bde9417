import { exitStatus, readOptions, terminalOf } from '@sluice/command-line';
import { openQueue, type WatchOptions } from '@sluice/exim-queue';
import type { RejectSink } from '@sluice/pipeline';
import type { CommandContext } from '../command-context.ts';
import { usageError } from '../command-line/usage-error.ts';
import { selectionOf } from '../ids/selection.ts';
import { openOptions } from '../place/open-options.ts';
import { tellBackend } from '../place/tell-backend.ts';
import { watchSettings } from '../settings/watch-settings.ts';
import { jsonView } from './json-view.ts';
import { LiveView } from './live-view.ts';
import { mainlogOf } from './mainlog-of.ts';

/** Follows what happens to the queue until it is stopped. */
export async function watch(context: CommandContext): Promise<number> {
  const { io, messages, where } = context;
  const settings = readOptions(context.options, watchSettings, usageError);
  if (settings.mainlog !== undefined && settings.skipMainlog === true) {
    throw usageError('--mainlog does not go with --skip-mainlog', 'give one of them');
  }
  const { filter } = selectionOf(context);
  const queue = openQueue(openOptions(context));
  const place = await queue.place();
  tellBackend(place, context);
  const terminal = terminalOf(io);
  let live: LiveView | undefined;
  // What is amiss must not be written into the picture.
  const rejects: RejectSink = {
    next: (reject) => (live === undefined ? messages.next(reject) : live.notice(reject.reason)),
  };
  // What is amiss with the log takes nothing away from the queue.
  const logRejects: RejectSink = {
    next: ({ reason }) => (live === undefined ? messages.note(reason) : live.notice(reason)),
  };
  const mainlog = await mainlogOf(place, settings, logRejects, context);
  const options: WatchOptions = {
    rejects,
    signal: io.stop.signal,
    initial: settings.changesOnly !== true,
    ...(filter !== undefined && { where: filter }),
    ...(settings.reconcile !== undefined && { reconcileMs: settings.reconcile }),
    ...(mainlog !== undefined && { mainlog }),
  };
  await new Promise<void>((resolve, reject) => {
    if (terminal.isTerminal && settings.json !== true) {
      live = new LiveView(io.stdout, where.demo === true ? 'example queue' : place.spoolDirectory, terminal, reject);
    }
    const view = live ?? jsonView(io.stdout, reject);
    const leave = (done: () => void): void => {
      try {
        view.end();
        done();
      } catch (error) {
        reject(error);
      }
    };
    queue.watch(options).subscribe({
      next: (change) => {
        // What a subscriber throws would end nothing.
        try {
          view.add(change);
        } catch (error) {
          reject(error);
        }
      },
      error: (error: unknown) => leave(() => reject(error)),
      complete: () => leave(resolve),
    });
  });
  return exitStatus.done;
}
