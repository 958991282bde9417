import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { HeaderBlock } from '../headers/header-block.ts';
import { type Fault, faultOf, isAbsence, notAFile } from './fault-of.ts';
import { forSystem } from './file-path.ts';

/** 16 KiB hold the headers of nearly every mail. */
const firstBytes = 16_384;
const growth = 4;
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/** What was read of a mail. The caller closes `fd`. */
export interface Head {
  readonly fd: number;
  readonly headers: HeaderBlock;
  /** True when the headers go on beyond what is allowed. */
  readonly isCut: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly readBytes: number;
}

const empty: Fault = { code: 'ERR_MAIL_SOURCE_EMPTY', reason: 'is empty' };
const notAMail: Fault = { code: 'ERR_MAIL_SOURCE_NOT_A_MAIL', reason: 'does not begin with a header' };

/** Reads what mails begin with, one at a time, synchronously: a read from the cache is quicker than a thread's turn. */
export class HeadReader {
  readonly #maxBytes: number;
  readonly #buffer = Buffer.allocUnsafeSlow(firstBytes);

  /** @param maxBytes most bytes that headers may have */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The mail's headers and facts, why it is none, or undefined when there is no file of that name. */
  read(path: string): Head | Fault | undefined {
    let fd: number;
    try {
      fd = openSync(forSystem(path), flags);
    } catch (error) {
      return isAbsence(error) ? undefined : faultOf(error);
    }
    let result: Head | Fault;
    try {
      result = this.#readOpen(fd);
    } catch (error) {
      result = faultOf(error);
    }
    if (!('fd' in result)) closeSync(fd);
    return result;
  }

  #readOpen(fd: number): Head | Fault {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return notAFile;
    if (stat.size === 0) return empty;
    let buffer = this.#buffer;
    let got = 0;
    for (let wanted = Math.min(firstBytes, this.#maxBytes); ; wanted = Math.min(wanted * growth, this.#maxBytes)) {
      if (wanted > buffer.length) buffer = Buffer.concat([buffer.subarray(0, got)], wanted);
      got = readUpTo(fd, buffer, got, wanted, stat.size);
      const isWhole = got < wanted || got === stat.size;
      const isCut = !isWhole && wanted === this.#maxBytes;
      const found = headersOf(buffer, got, isWhole, isCut);
      if (found === undefined) continue;
      const [headers, hasEnd] = found;
      if (headers.found === 0) return notAMail;
      const modifiedMs = Math.max(1, Math.floor(stat.mtimeMs));
      return { fd, headers, isCut: isCut && !hasEnd, sizeBytes: stat.size, modifiedMs, readBytes: got };
    }
  }
}

/** Reads until `wanted` bytes are there or the file ends; returns how many are. */
function readUpTo(fd: number, buffer: Buffer, from: number, wanted: number, sizeBytes: number): number {
  let got = from;
  while (got < wanted) {
    const bytes = readSync(fd, buffer, got, wanted - got, got);
    got += bytes;
    if (bytes === 0 || got === sizeBytes) break;
  }
  return got;
}

/** The headers and whether their end was seen; undefined when more has to be read. */
function headersOf(
  buffer: Buffer,
  got: number,
  isWhole: boolean,
  isCut: boolean,
): [headers: HeaderBlock, hasEnd: boolean] | undefined {
  const headers = HeaderBlock.begin(buffer, got);
  if (headers !== undefined) return [headers, true];
  return isWhole || isCut ? [HeaderBlock.all(buffer.subarray(0, got), isCut), isWhole] : undefined;
}
