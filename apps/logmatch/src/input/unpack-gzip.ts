import { createGunzip } from 'node:zlib';
import { ZlibUnpacker } from './zlib-unpacker.ts';

/**
 * Unpacks gzip, one member after the other.
 *
 * @throws LogmatchError `ERR_LOGMATCH_COMPRESSED` after all that could be unpacked
 */
export async function* unpackGzip(packed: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacker = new ZlibUnpacker(createGunzip());
  try {
    for (const block of packed) yield* await unpacker.write(block);
    // A missing end is an error that throws away what is not flushed.
    yield* await unpacker.flush();
    yield* await unpacker.end();
  } finally {
    unpacker.destroy();
  }
}
