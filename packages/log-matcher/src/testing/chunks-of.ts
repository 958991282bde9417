import type { Chunk, ChunkSource } from '@sluice/pipeline';

const newline = 10;

/**
 * A log as a source hands it out: whole lines, cut after some of the breaks, the last chunk perhaps without one. The bytes
 * of a chunk are overwritten when it is acked, as a source may do that uses its buffer again.
 *
 * @param isCut whether a chunk ends after the break of so-and-so-manieth line
 */
export function* chunksOf(source: ChunkSource, log: Uint8Array, isCut: (line: number) => boolean): Generator<Chunk> {
  let line = 0;
  for (let start = 0, end = 0; start < log.length; ) {
    const found = log.indexOf(newline, end);
    end = found === -1 ? log.length : found + 1;
    if (end < log.length && !isCut(line++)) continue;
    const bytes = log.slice(start, end);
    const ending = found === -1 ? 'end' : 'break';
    const ack = (): void => void bytes.fill(0x23);
    yield { source, bytes, offset: start, ending, live: false, ack };
    start = end;
  }
}
