import { LogmatchError } from '../logmatch-error.ts';
import { damaged } from './damaged.ts';
import { PackedBytes } from './packed-bytes.ts';

/** Part of a frame: a header, a block, a check sum; or the frame's end. */
export type ZstdPiece = Uint8Array | 'end of frame';

const magic = 0xfd2fb528;
const isSkippable = (number: number): boolean => (number & 0xfffffff0) >>> 0 === 0x184d2a50;
/** zstd's own bound for what it unpacks unasked. */
const maxWindowBytes = 2 ** 27;
const maxBlockBytes = 2 ** 17;
const blockTypes = { raw: 0, repeated: 1, compressed: 2 } as const;

/**
 * Takes a zstd file apart (RFC 8878, section 3.1) without unpacking it: what unpacks it then needs to know of one frame
 * only, and holds no more than a block at a time. Frames that are to be skipped are.
 *
 * @throws LogmatchError `ERR_LOGMATCH_COMPRESSED` where the file ends before a frame does, for what is no zstd, and for a
 * frame that asks for too much memory
 */
export function* zstdFrames(packed: Iterable<Uint8Array>): Generator<ZstdPiece> {
  const input = new PackedBytes(packed);
  const exactly = (length: number): Buffer => {
    const taken = input.take(length);
    if (taken.length < length) throw damaged('unexpected end of file');
    return taken;
  };
  for (let start = input.take(4); start.length > 0; start = input.take(4)) {
    const number = start.length === 4 ? start.readUInt32LE() : 0;
    if (isSkippable(number)) {
      for (let left = exactly(4).readUInt32LE(); left > 0; left -= Math.min(left, maxBlockBytes))
        exactly(Math.min(left, maxBlockBytes));
      continue;
    }
    if (number !== magic) throw damaged('there is something else than zstd');
    const descriptor = exactly(1);
    const header = exactly(headerBytes(descriptor[0] as number));
    checkWindow(descriptor[0] as number, header);
    yield Buffer.concat([start, descriptor, header]);
    yield* blocks(exactly);
    if (((descriptor[0] as number) & 4) !== 0) yield exactly(4);
    yield 'end of frame';
  }
}

function* blocks(exactly: (length: number) => Buffer): Generator<Uint8Array> {
  for (let isLast = false; !isLast; ) {
    const header = exactly(3);
    const fields = header.readUIntLE(0, 3);
    const type = (fields >> 1) & 3;
    const size = fields >> 3;
    if (type > blockTypes.compressed || size > maxBlockBytes) throw damaged('there is no such block');
    isLast = (fields & 1) === 1;
    yield Buffer.concat([header, exactly(type === blockTypes.repeated ? 1 : size)]);
  }
}

const isSingleSegment = (descriptor: number): boolean => (descriptor & 0x20) !== 0;
const dictionaryBytes = (descriptor: number): number => [0, 1, 2, 4][descriptor & 3] as number;

function sizeBytes(descriptor: number): number {
  const code = descriptor >> 6;
  return code === 0 ? Number(isSingleSegment(descriptor)) : 1 << code;
}

const headerBytes = (descriptor: number): number =>
  (isSingleSegment(descriptor) ? 0 : 1) + dictionaryBytes(descriptor) + sizeBytes(descriptor);

function windowBytes(descriptor: number, header: Buffer): number {
  if (!isSingleSegment(descriptor)) {
    const field = header[0] as number;
    const base = 2 ** (10 + (field >> 3));
    return base + (base / 8) * (field & 7);
  }
  const at = dictionaryBytes(descriptor);
  const length = sizeBytes(descriptor);
  if (length === 8) return Number(header.readBigUInt64LE(at));
  return header.readUIntLE(at, length) + (length === 2 ? 256 : 0);
}

function checkWindow(descriptor: number, header: Buffer): void {
  const bytes = windowBytes(descriptor, header);
  if (bytes <= maxWindowBytes) return;
  const fault = `takes ${bytes} bytes of memory to unpack, more than ${maxWindowBytes}`;
  const cure = 'unpack it: zstd -dc --long=31 FILE | logmatch …';
  throw new LogmatchError('ERR_LOGMATCH_COMPRESSED', fault, { value: bytes, limit: maxWindowBytes, cure });
}
