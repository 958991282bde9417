import { createHash } from 'node:crypto';
import { read } from 'node:fs';
import { promisify } from 'node:util';

const pieceBytes = 262_144;
const readPiece = promisify(read);

/** SHA-256 of a file's first `maxBytes` bytes in hex, read in pieces of 256 KiB; undefined when it was aborted. */
export async function hashFile(
  fd: number,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(pieceBytes);
  for (let at = 0; at < maxBytes; ) {
    if (signal?.aborted) return undefined;
    const { bytesRead } = await readPiece(fd, buffer, 0, Math.min(pieceBytes, maxBytes - at), at);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash.digest('hex');
}
