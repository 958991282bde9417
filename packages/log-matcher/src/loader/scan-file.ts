import type { LineMatch } from '../pattern-match.ts';
import { type ScanFileOptions, type ScanFileResult, workersOption } from './options.ts';
import { ScanPool } from './scan-pool.ts';
import type { ScannableSet } from './scannable-set.ts';

/**
 * Scans the lines of a file, each as `PatternSet.scan` would.
 *
 * 1. The file is opened: a regular one, links followed. What is appended to it from then on is not scanned; when it
 *    becomes shorter, the scan ends where it ends.
 * 2. It is read by chunks and scanned by whole lines; a last line without a break counts. `sink` is called in this
 *    thread, in the order of the file, with offsets of lines in the file. What it throws ends the scan.
 * 3. In this thread (`workers: 1`), other work gets its turn every 16 MiB or 20 ms. With workers, matches are the very
 *    same, and so are the counts save `candidates`; they come by the stripes of the file, of which few are held at a time.
 * 4. Whatever the end, the file is closed, and the workers of this call are gone.
 *
 * Lines that the backtracker gave up on go to the set's `rejects`, with path and offset.
 *
 * @param path trusted: not from data
 * @param sink takes a match, which is valid until it returns
 * @throws LogMatcherError (rejected) `ERR_LOG_MATCHER_OPTION`; `ERR_LOG_MATCHER_FILE`: missing, unreadable, or no regular
 *   file; `ERR_LOG_MATCHER_WORKER`: a worker ended by itself
 *
 * @example
 * ```ts
 * const set = PatternSet.compile(['Failed password for (?P<user>\\S+) from (?P<host>\\S+)']);
 * await scanFile(set, '/var/log/auth.log', (match) => console.log(match.line.offset, match.text('host')));
 * ```
 */
export async function scanFile(
  set: ScannableSet,
  path: string,
  sink: (match: LineMatch) => void,
  options: ScanFileOptions = {},
): Promise<ScanFileResult> {
  const pool = new ScanPool(set, { workers: workersOption(options.workers, 1) });
  try {
    return await pool.scanFile(path, sink, options);
  } finally {
    await pool.close();
  }
}
