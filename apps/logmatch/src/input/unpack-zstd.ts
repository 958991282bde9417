import * as zlib from 'node:zlib';
import { type ZlibTransform, ZlibUnpacker } from './zlib-unpacker.ts';
import { zstdFrames } from './zstd-frames.ts';

/** What unpacks zstd in this Node.js; undefined before 22.15. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => ZlibTransform };

/** Node's own stops after the first frame and says nothing, so each frame gets one. */
async function* unpackInNode(packed: Iterable<Uint8Array>, make: () => ZlibTransform): AsyncGenerator<Uint8Array> {
  let unpacker: ZlibUnpacker | undefined;
  try {
    for (const piece of zstdFrames(packed)) {
      unpacker ??= new ZlibUnpacker(make());
      if (piece !== 'end of frame') yield* await unpacker.write(piece);
      else {
        yield* await unpacker.end();
        unpacker = undefined;
      }
    }
  } finally {
    unpacker?.destroy();
  }
}

/**
 * Unpacks zstd: by node:zlib where it can, else by a library in JavaScript, which does not verify check sums.
 *
 * @throws LogmatchError `ERR_LOGMATCH_COMPRESSED` after all that could be unpacked
 */
export async function* unpackZstd(packed: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (createZstdDecompress !== undefined) yield* unpackInNode(packed, createZstdDecompress);
  else yield* (await import('./unpack-zstd-in-script.ts')).unpackZstdInScript(packed);
}
