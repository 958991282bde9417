import { constants, crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { LogSourceError } from '../log-source-error.ts';
import { passGzipHeader } from './gzip-header.ts';
import type { PackedInput } from './packed-input.ts';

const trailerBytes = 8;
const outputBytes = 65_536;

function damaged(file: string, what: string, { offset }: PackedInput, cause?: unknown): LogSourceError {
  const cure = 'read it again when it is whole, or restore it; what came before was read';
  return new LogSourceError('ERR_LOG_SOURCE_GZIP', `${what} at byte ${offset}`, { file, cure, cause });
}

/**
 * Unpacks gzip (RFC 1952), one member after the other.
 *
 * Node's own gunzip is not used, because it throws away what it unpacked last when it finds the end missing or
 * garbage behind it. Of a damaged member up to 64 KiB before the damage can be missing; of one that is only cut off,
 * nothing is.
 *
 * @param file name for the error
 * @throws LogSourceError `ERR_LOG_SOURCE_GZIP` after everything that could be unpacked
 */
export async function* gunzip(file: string, input: PackedInput): AsyncGenerator<Buffer, void, void> {
  for (;;) {
    const header = passGzipHeader(input);
    if (header === 'end') return;
    if (header === 'other') throw damaged(file, 'there is something else than gzip', input);
    if (header === 'cut off') throw damaged(file, 'the file ends in the middle', input);
    yield* member(file, input);
  }
}

async function* member(file: string, input: PackedInput): AsyncGenerator<Buffer, void, void> {
  // Without its end, a file is unpacked as far as it goes.
  const inflate = createInflateRaw({ chunkSize: outputBytes, finishFlush: constants.Z_SYNC_FLUSH });
  const feeding = feed(inflate, input);
  let crc = 0;
  let size = 0;
  try {
    for await (const block of inflate as AsyncIterable<Buffer>) {
      crc = crc32(block, crc);
      size += block.length;
      yield block;
    }
  } catch (error) {
    throw damaged(file, 'it is damaged', input, error);
  } finally {
    inflate.destroy();
    await feeding;
  }
  const trailer = (await feeding) ? input.take(trailerBytes) : undefined;
  if (trailer === undefined) throw damaged(file, 'the file ends in the middle', input);
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size % 2 ** 32)
    throw damaged(file, 'the check sum is wrong', input);
}

/** Writes the input to the stream until that has enough. False when the input ended first. */
async function feed(inflate: InflateRaw, input: PackedInput): Promise<boolean> {
  const closed = new Promise<void>((resolve) => inflate.once('close', () => resolve()));
  let fed = 0;
  for (let block = input.next(); block !== undefined; block = input.next()) {
    const current = block;
    await Promise.race([new Promise<void>((resolve) => inflate.write(current, () => resolve())), closed]);
    fed += block.length;
    const surplus = fed - inflate.bytesWritten;
    if (surplus > 0) {
      input.giveBack(block.subarray(block.length - surplus));
      return true;
    }
    if (inflate.destroyed) return false;
  }
  inflate.end();
  return false;
}
