import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 65_536;

/** What a file holds, in pieces that are the consumer's to keep. Closes it at the end, whatever ends it. */
export async function* fileBytes(file: FileHandle, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    while (!signal.aborted) {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      if (!signal.aborted) yield chunk.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
