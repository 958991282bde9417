import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { HeaderBlock } from '../headers/header-block.ts';
import { parseMessageId } from '../headers/message-id.ts';
import { rawText } from '../headers/raw-text.ts';
import { type DateFinding, dateOf } from '../message/date-of.ts';
import { type Fault, faultOf, isAbsence, notAFile } from './fault-of.ts';
import { forSystem } from './file-path.ts';

/** 16 KiB hold the headers of nearly every mail. */
const firstBytes = 16_384;
const growth = 4;
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/** What was read of a mail. */
export interface Head {
  readonly headers: HeaderBlock;
  /** True when the headers go on beyond what is allowed. */
  readonly isCut: boolean;
  readonly sizeBytes: number;
  readonly readBytes: number;
  readonly dating: DateFinding;
  /** The mail's own id, or the file, left open to make one of its bytes; the caller closes it. */
  readonly identity: string | number;
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

  /**
   * The mail's headers and facts, why it is none, or undefined when there is no file of that name.
   *
   * @param isFile whether the directory says that it is a file; what else it may be is not read before that is known
   */
  read(path: string, isFile: boolean): Head | Fault | undefined {
    let fd: number;
    try {
      fd = openSync(forSystem(path), flags);
    } catch (error) {
      return isAbsence(error) ? undefined : faultOf(error);
    }
    let result: Head | Fault;
    try {
      result = this.#readOpen(fd, isFile);
    } catch (error) {
      result = faultOf(error);
    }
    if (!('identity' in result) || typeof result.identity === 'string') closeSync(fd);
    return result;
  }

  #readOpen(fd: number, isFile: boolean): Head | Fault {
    if (!isFile) return this.#readWithSize(fd, 0);
    const wanted = Math.min(firstBytes, this.#maxBytes);
    // At a position, so that a FIFO that took the file's place fails (pread, ESPIPE) and loses nothing.
    const got = readSync(fd, this.#buffer, 0, wanted, 0);
    // A read that comes short ends with the file. That tells the size of most mails, and saves a call for each.
    const headers = got > 0 && got < wanted ? HeaderBlock.begin(this.#buffer, got) : undefined;
    return headers === undefined ? this.#readWithSize(fd, got) : headOf(fd, headers, false, got, got);
  }

  /** @param first how many bytes are read */
  #readWithSize(fd: number, first: number): Head | Fault {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return notAFile;
    if (stat.size === 0) return empty;
    let buffer = this.#buffer;
    let got = first;
    for (let wanted = Math.min(firstBytes, this.#maxBytes); ; wanted = Math.min(wanted * growth, this.#maxBytes)) {
      if (wanted > buffer.length) buffer = Buffer.concat([buffer.subarray(0, got)], wanted);
      got = readUpTo(fd, buffer, got, wanted, stat.size);
      const isWhole = got < wanted || got === stat.size;
      const isCut = !isWhole && wanted === this.#maxBytes;
      const found = headersOf(buffer, got, isWhole, isCut);
      if (found === undefined) continue;
      const [headers, hasEnd] = found;
      return headOf(fd, headers, isCut && !hasEnd, stat.size, got);
    }
  }
}

function headOf(fd: number, headers: HeaderBlock, isCut: boolean, sizeBytes: number, readBytes: number): Head | Fault {
  if (headers.found === 0) return notAMail;
  const dating = dateOf(headers, () => Math.max(1, Math.floor(fstatSync(fd).mtimeMs)));
  const identity = parseMessageId(rawText(headers.first('message-id') ?? '')) ?? fd;
  return { headers, isCut, sizeBytes, readBytes, dating, identity };
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
