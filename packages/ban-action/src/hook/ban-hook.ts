import type { BanBackend } from '../ban-backend.ts';
import { eventBackend } from '../events/event-backend.ts';
import { batchHook } from './batch-hook.ts';
import { type HookOptions, resolveHookOptions } from './hook-options.ts';
import { StreamHook } from './stream-hook.ts';

/**
 * Events to a program of yours, as lines of JSON on its standard input: one `EventRecord` a line, with a `seq`.
 *
 * - `batch` (default): the program is run once for each batch, up to `maxBatch` events of `applyBans`, and reads its input
 *   to the end. Its exit code decides for all, save for events that it answers: `{"seq":3,"ok":false,"error":"…"}`, a
 *   line each on its standard output.
 * - `stream`: the program runs as long as the backend and has to answer each line: `{"seq":3}` or `{"seq":3,"ok":false}`.
 *   When it ends it is started again, and gets once more what it had not answered: an event may be told twice.
 * - Nothing of an event becomes part of a command line. Lines of its output that are no answers are ignored.
 *
 * A program should ignore kinds and fields that it does not know: new ones may come.
 *
 * @example
 * banHook({ command: ['/usr/local/bin/edge-deny', '--list', 'offenders'] });
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function banHook(options: HookOptions): BanBackend {
  const resolved = resolveHookOptions(options);
  const sender = resolved.mode === 'batch' ? batchHook(resolved) : new StreamHook(resolved);
  return eventBackend(sender, resolved.choice);
}
