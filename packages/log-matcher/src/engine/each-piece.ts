import { pieceEnd } from './piece-end.ts';
import type { ScannedBytes } from './scanned-bytes.ts';
import type { SetEngine } from './set-engine.ts';

/**
 * Calls `scan` with whole lines in the memory of an engine, which is busy meanwhile: all of `bytes`, piece by piece.
 *
 * @param scanned the same bytes, as they were before the engine's memory could grow
 * @param scan gets the addresses of a piece's first byte and of the one behind it, and the piece's offset in `bytes`
 */
export function eachPiece(
  set: SetEngine,
  bytes: Uint8Array,
  scanned: ScannedBytes,
  scan: (start: number, end: number, offset: number) => void,
): void {
  const { engine } = set;
  const { address, length } = scanned;
  set.isBusy = true;
  try {
    if (address !== undefined) scan(address, address + length, 0);
    for (let at = 0; address === undefined && at < length; ) {
      const end = pieceEnd(bytes, at);
      const window = engine.window(end - at);
      engine.memory.u8.set(bytes.subarray(at, end), window);
      scan(window, window + end - at, at);
      at = end;
    }
  } finally {
    set.isBusy = false;
    engine.wasm.clearRecords();
  }
}
