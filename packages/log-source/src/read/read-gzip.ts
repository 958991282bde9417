import type { ChunkSource } from '@sluice/pipeline';
import { LineAssembler } from '../chunks/line-assembler.ts';
import { type OpenFile, unreadable } from '../files/open-file.ts';
import { LogSourceError } from '../log-source-error.ts';
import { gunzip } from './gunzip.ts';
import { PackedInput } from './packed-input.ts';
import type { ReadingRun } from './reading-run.ts';

/** Reads a gzip file once. Damage is reported, and what could be unpacked is handed out; offsets are of plain bytes. */
export async function readGzip({ fd }: OpenFile, source: ChunkSource, run: ReadingRun): Promise<void> {
  const { output, meter, settings } = run;
  const place = { source, live: false, maxLineBytes: settings.maxLineBytes };
  const lines = new LineAssembler(place, output, meter, run.giveCredit);
  let fault: LogSourceError | undefined;
  try {
    for await (const block of gunzip(source.path, new PackedInput(fd))) {
      for (let rest = block; rest.length > 0; ) {
        rest = rest.subarray(lines.fill(rest));
        if (rest.length > 0 && !(await emitAll(lines, run))) return;
      }
    }
  } catch (error) {
    fault = error instanceof LogSourceError ? error : unreadable(source.path, error);
  }
  if (!(await emitAll(lines, run))) return;
  if (!(await run.credit())) return;
  if (!lines.emitRest()) run.giveCredit();
  if (fault !== undefined) run.reports.say(fault, source.path, lines.taken);
}

/** Hands out all whole lines. False when reading is to end. */
async function emitAll(lines: LineAssembler, run: ReadingRun): Promise<boolean> {
  while (run.takeCredit() || (await run.credit())) {
    if (lines.emit()) continue;
    run.giveCredit();
    return true;
  }
  return false;
}
