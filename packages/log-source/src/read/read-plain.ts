import type { ChunkSource } from '@sluice/pipeline';
import { FileCursor, type Look, noBytes } from '../chunks/file-cursor.ts';
import { factsOfOpen } from '../files/file-facts.ts';
import type { OpenFile } from '../files/open-file.ts';
import { LogSourceError } from '../log-source-error.ts';
import type { ReadingRun } from './reading-run.ts';

/** Reads a plain file once, from its beginning to its end. */
export async function readPlain({ fd }: OpenFile, source: ChunkSource, run: ReadingRun): Promise<void> {
  const { buffers } = run.output;
  const cursor = new FileCursor({ position: 0, inCut: false, before: noBytes }, run.settings, 0);
  let isAtEnd = false;
  while (run.takeCredit() || (await run.credit())) {
    const buffer = buffers.take();
    const { lookOffset } = cursor;
    const look: Look | undefined = isAtEnd ? undefined : cursor.look(fd, buffer);
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
    if (look === undefined) break;
    isAtEnd = look.atEnd;
  }
  if (isAtEnd && factsOfOpen(fd).size < cursor.mark.position) throw truncated(source.path);
}

function truncated(file: string): LogSourceError {
  const cure = 'read it again, or follow it if it is still written to';
  return new LogSourceError('ERR_LOG_SOURCE_TRUNCATED', 'was cut while it was read', { file, cure });
}
