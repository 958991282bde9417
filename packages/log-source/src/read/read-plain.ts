import type { ChunkSource } from '@sluice/pipeline';
import { FileCursor, type Look } from '../chunks/file-cursor.ts';
import type { OpenFile } from '../files/open-file.ts';
import { LogSourceError } from '../log-source-error.ts';
import type { ReadingRun } from './reading-run.ts';

/** Reads a plain file once, from its beginning to its end. */
export async function readPlain({ fd }: OpenFile, source: ChunkSource, run: ReadingRun): Promise<void> {
  const { buffers } = run.output;
  const cursor = new FileCursor({ position: 0, inCut: false, before: Buffer.alloc(0) }, run.settings);
  let isAtEnd = false;
  while (await run.credit()) {
    const buffer = buffers.take();
    const { lookOffset } = cursor;
    const look: Look | undefined = isAtEnd ? undefined : cursor.look(fd, buffer);
    if (look?.found === 'rewritten') throw truncated(source.path);
    const span = look === undefined ? cursor.takePending(fd, buffer) : look.span;
    run.meter.skipped(look?.skipped ?? 0);
    if (span !== undefined && span.end > span.start) {
      const offset = lookOffset + span.start;
      const ending = look === undefined ? 'end' : span.ending;
      run.output.emit(
        { source, buffer, start: span.start, end: span.end, offset, ending, live: false },
        run.giveCredit,
      );
    } else {
      buffers.give(buffer);
      run.giveCredit();
    }
    if (look === undefined) return;
    isAtEnd = look.atEnd;
  }
}

function truncated(file: string): LogSourceError {
  const cure = 'read it again, or follow it if it is still written to';
  return new LogSourceError('ERR_LOG_SOURCE_TRUNCATED', 'was cut or rewritten while it was read', { file, cure });
}
