import { Decompress } from 'fzstd';
import { damaged } from './damaged.ts';
import { zstdFrames } from './zstd-frames.ts';

/** Unpacks zstd without help of Node.js. Throws a LogmatchError after all that could be unpacked. */
export function* unpackZstdInScript(packed: Iterable<Uint8Array>): Generator<Uint8Array> {
  let unpacked: Uint8Array[] = [];
  const make = (): Decompress => new Decompress((block) => unpacked.push(block));
  let decompress = make();
  for (const piece of zstdFrames(packed)) {
    try {
      if (piece !== 'end of frame') decompress.push(piece);
      else {
        decompress.push(new Uint8Array(0), true);
        decompress = make();
      }
    } catch (cause) {
      throw damaged((cause as Error).message, cause);
    }
    const taken = unpacked;
    unpacked = [];
    yield* taken;
  }
}
