import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import path from 'node:path';
import type { Chunk, ChunkSource } from '@sluice/pipeline';
import { untilAborted } from '@sluice/pipeline/rx';
import { Observable } from 'rxjs';
import { check } from './check.ts';
import { ChunkOutput } from './chunks/chunk-output.ts';
import { compressionOf, magicBytes } from './files/compression.ts';
import { bytesAt } from './files/content.ts';
import { type OpenFile, openFile, unreadable } from './files/open-file.ts';
import { LogSourceError } from './log-source-error.ts';
import { Meter } from './metrics.ts';
import type { ReadOptions } from './options.ts';
import { readGzip } from './read/read-gzip.ts';
import { readPlain } from './read/read-plain.ts';
import { ReadingRun } from './read/reading-run.ts';
import { Reports } from './reports.ts';
import { commonSettings } from './settings.ts';

/** Length of the beginning that goes into a file's id, in bytes. */
const identityBytes = 1024;

/**
 * Reads files once, each from its beginning to its end, one after the other in the order given, and completes.
 *
 * 1. Plain files and gzip files, told apart by their first bytes; of gzip all members. `offset` is that of the plain
 *    text. Other compressed files are reported and not read.
 * 2. Lines are handed out whole; the last one may come with `ending: 'end'`, one that is too long is cut.
 * 3. Not more than `maxInFlight` chunks in all are un-acked. Memory does not grow with the files.
 * 4. A file that is missing, unreadable or damaged is reported to `rejects` with path and cure, what could be read of
 *    it is handed out, and the next file is read.
 * 5. `source.id` is made of path, device, inode and the first 1024 bytes: the same file has the same id next time.
 *
 * @param paths absolute or relative to the working directory; no globs
 * @throws LogSourceError `ERR_LOG_SOURCE_OPTION` at once for an option that cannot be
 */
export function readFiles(paths: string | readonly string[], options: ReadOptions = {}): Observable<Chunk> {
  const settings = commonSettings(options);
  const files = check.oneOrMore('paths', paths, 'one or more paths');
  return new Observable<Chunk>((subscriber) => {
    const meter = new Meter(settings.metrics);
    const output = new ChunkOutput(settings, meter, (chunk) => subscriber.next(chunk));
    const run = new ReadingRun(settings, output, meter, new Reports(settings.rejects, meter));
    subscriber.add(() => run.stop());
    readAll(files, run).then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  }).pipe(untilAborted(options.signal));
}

async function readAll(files: readonly string[], run: ReadingRun): Promise<void> {
  for (const file of files) {
    if (run.isStopped) return;
    try {
      await readOne(path.resolve(file), run);
    } catch (error) {
      run.reports.say(error instanceof LogSourceError ? error : unreadable(file, error), path.resolve(file));
    }
  }
}

async function readOne(file: string, run: ReadingRun): Promise<void> {
  const open = openFile(file);
  try {
    const format = compressionOf(bytesAt(open.fd, 0, magicBytes));
    const source = sourceOf(file, open);
    if (format?.name === 'gzip') await readGzip(open, source, run);
    else if (format === undefined) await readPlain(open, source, run);
    else {
      const fault = `is compressed (${format.name}), and only gzip is read`;
      throw new LogSourceError('ERR_LOG_SOURCE_COMPRESSED', fault, { file, cure: format.cure });
    }
  } finally {
    closeSync(open.fd);
  }
}

function sourceOf(file: string, { fd, facts }: OpenFile): ChunkSource {
  const hash = createHash('sha256')
    .update(`${facts.key}\0${file}\0`)
    .update(bytesAt(fd, 0, identityBytes));
  return { id: hash.digest('hex').slice(0, 32), path: file };
}
