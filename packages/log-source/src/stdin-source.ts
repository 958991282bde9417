import type { Chunk } from '@sluice/pipeline';
import { defer, type Observable } from 'rxjs';
import type { ReadableOptions } from './options.ts';
import { fromReadable } from './readable-source.ts';
import { commonSettings } from './settings.ts';

/**
 * Reads standard input to its end, as {@link fromReadable} reads any stream; `source.path` is `<stdin>`.
 * Unsubscribing closes standard input, so that the process can end.
 *
 * @throws LogSourceError `ERR_LOG_SOURCE_OPTION` at once for an option that cannot be
 */
export function fromStdin(options: ReadableOptions = {}): Observable<Chunk> {
  commonSettings(options);
  // Deferred: the mere mention of `process.stdin` opens it.
  return defer(() => fromReadable(process.stdin, { path: '<stdin>', ...options }));
}
