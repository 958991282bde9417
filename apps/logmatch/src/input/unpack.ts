import { LogmatchError } from '../logmatch-error.ts';
import type { CompressionName } from './compression.ts';
import type { OpenInput } from './open-input.ts';
import { readBlocking } from './read-blocking.ts';

/** Small, since a block is unpacked whole: of gzip at most a thousand times its size. */
const packedBytes = 16_384;

function* packedBlocks({ fd, head }: OpenInput): Generator<Buffer> {
  yield head;
  for (;;) {
    const block = Buffer.allocUnsafe(packedBytes);
    const length = readBlocking(fd, block);
    if (length === 0) return;
    yield block.subarray(0, length);
  }
}

/**
 * The unpacked bytes of a compressed input, in blocks.
 *
 * @throws LogmatchError `ERR_LOGMATCH_COMPRESSED` when it is damaged, after all that could be unpacked, or of a format
 * that is not read
 */
export async function* unpack(input: OpenInput, format: CompressionName): AsyncGenerator<Uint8Array> {
  if (format === 'gzip') yield* (await import('./unpack-gzip.ts')).unpackGzip(packedBlocks(input));
  else if (format === 'zstd') yield* (await import('./unpack-zstd.ts')).unpackZstd(packedBlocks(input));
  else {
    const cure = `unpack it: ${format} -dc FILE | logmatch …`;
    throw new LogmatchError('ERR_LOGMATCH_COMPRESSED', `is compressed by ${format}, which is not read`, { cure });
  }
}
