import { type FileHandle, open } from 'node:fs/promises';
import { FileChanged } from './file-changed.ts';
import type { Piece } from './lay-out.ts';
import type { OldCalendar } from './old-calendar.ts';

import { isSame } from './target.ts';
import type { TemporaryFile } from './temporary-file.ts';

const windowBytes = 1 << 20;

/**
 * Writes pieces one after the other. Ranges of old files are read through a window that moves forward, so thousands of small
 * ones cost hardly more than one large one.
 */
export async function copyPieces(pieces: readonly Piece[], into: TemporaryFile, signal?: AbortSignal): Promise<void> {
  const window = Buffer.allocUnsafeSlow(windowBytes);
  let handle: FileHandle | undefined;
  let from: OldCalendar | undefined;
  let windowStart = 0;
  let windowEnd = 0;
  try {
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) {
        into.write(piece);
        continue;
      }
      if (piece.old !== from) {
        await handle?.close();
        from = piece.old;
        handle = await openSame(from);
        windowStart = 0;
        windowEnd = 0;
      }
      for (let at = piece.start; at < piece.end; ) {
        if (at < windowStart || at >= windowEnd) {
          signal?.throwIfAborted();
          const { bytesRead } = await (handle as FileHandle).read(window, 0, windowBytes, at);
          if (bytesRead === 0) throw new FileChanged();
          windowStart = at;
          windowEnd = at + bytesRead;
        }
        const end = Math.min(piece.end, windowEnd);
        into.write(window.subarray(at - windowStart, end - windowStart));
        at = end;
      }
    }
  } finally {
    await handle?.close();
  }
}

/** Opens the file that was read before, and no other that took its name. */
async function openSame({ target, now }: OldCalendar): Promise<FileHandle> {
  const handle = await open(target.path, 'r');
  if (isSame(now, await handle.stat({ bigint: true }))) return handle;
  await handle.close();
  throw new FileChanged();
}
