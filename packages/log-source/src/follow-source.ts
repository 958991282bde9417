import type { Chunk } from '@sluice/pipeline';
import { untilAborted } from '@sluice/pipeline/rx';
import { Observable } from 'rxjs';
import { check } from './check.ts';
import { Follower } from './follow/follower.ts';
import { Glob } from './glob/glob.ts';
import type { FollowOptions } from './options.ts';
import { followSettings } from './settings.ts';

/**
 * Follows log files as they grow, are rotated, truncated, replaced and come and go: an endless stream of whole lines.
 *
 * 1. Each file is read from where the checkpoint says, else from {@link FollowOptions.start}; files that appear later
 *    from their beginning. Of several files each has its turn of at most `chunkBytes`.
 * 2. A file is known by device, inode and content. When its path leads to another one, its rest is read before the new
 *    one is begun, and it stays open until it has been quiet for `rotateWaitMs`; rotated files that were made meanwhile
 *    are read in between. When it is truncated, its rest is read from the copy that `copytruncate` left beside it.
 * 3. Lines are handed out whole. A last line without its break waits; it comes with `ending: 'end'` when the file was
 *    rotated away or deleted and is closed. A line longer than `maxLineBytes` is cut.
 * 4. A file with `maxInFlight` un-acked chunks waits, the others go on.
 * 5. With a checkpoint, a file's id is durable before its first chunk, and its position moves to the first un-acked
 *    chunk. After a crash chunks may come again, with the same id and offsets; none is left out.
 * 6. What cannot be read is reported once to `rejects` and tried again. The stream itself never errors. It completes
 *    when `signal` aborts.
 *
 * ```ts
 * followFiles('/var/log/apache2/*access.log', { checkpoint: fileCheckpoint('/var/lib/app/positions.json') })
 *   .subscribe(({ source, offset, bytes }) => console.log(source.path, offset, Buffer.from(bytes).toString()));
 * ```
 *
 * @param globs absolute, or relative to the working directory (or to `root`); `*`, `?` and `[…]` in any segment
 * @throws LogSourceError `ERR_LOG_SOURCE_OPTION` at once for an option that cannot be
 */
export function followFiles(globs: string | readonly string[], options: FollowOptions = {}): Observable<Chunk> {
  const settings = followSettings(options);
  const { root, signal } = options;
  if (root !== undefined && (typeof root !== 'string' || root === '')) throw check.bad('root', 'a folder', root);
  const parsed = check.oneOrMore('globs', globs, 'one or more paths').map((glob) => new Glob(glob, root));
  return new Observable<Chunk>((subscriber) => {
    const follower = new Follower(parsed, root, settings, (chunk) => subscriber.next(chunk));
    subscriber.add(() => follower.stop());
    follower.start();
  }).pipe(untilAborted(signal));
}
