import { isLittleEndian } from './is-little-endian.ts';
import { malformed } from './malformed.ts';

/** Without the bits that say that an attribute is nested or in network order. */
const typeMask = 0x3fff;
const headerBytes = 4;

/** Goes through attributes one by one: `while (cursor.next()) …`. Makes no object for each. */
export class AttributeCursor {
  readonly #bytes: Uint8Array;
  readonly #to: number;
  #at: number;
  /** Type of the present one. */
  type = 0;
  /** Where the present one begins, its header included. */
  start = 0;
  /** Where the present one's data ends. */
  end = 0;

  constructor(bytes: Uint8Array, from = 0, to: number = bytes.length) {
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
  }

  /** Where the present one's data begins. */
  get dataStart(): number {
    return this.start + headerBytes;
  }

  /** The present one's data. Shares memory. */
  get data(): Uint8Array {
    return this.#bytes.subarray(this.dataStart, this.end);
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED` */
  next(): boolean {
    const at = this.#at;
    const rest = this.#to - at;
    if (rest <= 0) return false;
    if (rest < headerBytes) throw malformed(`an attribute of ${rest} bytes is shorter than its header`);
    const length = this.#hostUint16(at);
    if (length < headerBytes || length > rest) {
      throw malformed(`an attribute says that it has ${length} of ${rest} bytes`);
    }
    this.type = this.#hostUint16(at + 2) & typeMask;
    this.start = at;
    this.end = at + length;
    this.#at = at + ((length + 3) & ~3);
    return true;
  }

  /**
   * The present one's integer.
   *
   * @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED` when it is none of 32 bits
   */
  uint32(): number {
    this.#require(4);
    return this.#uint32(this.dataStart);
  }

  /**
   * The present one's integer of 64 bits, as exact as a number is.
   *
   * @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED` when it is none
   */
  uint64(): number {
    this.#require(8);
    return this.#uint32(this.dataStart) * 2 ** 32 + this.#uint32(this.dataStart + 4);
  }

  #require(length: number): void {
    const found = this.end - this.dataStart;
    if (found !== length) throw malformed(`attribute ${this.type} has ${found} bytes and not ${length}`);
  }

  // A DataView costs more to make than these few bytes to read.
  #hostUint16(at: number): number {
    const bytes = this.#bytes;
    const first = bytes[at] as number;
    const second = bytes[at + 1] as number;
    return isLittleEndian ? (second << 8) | first : (first << 8) | second;
  }

  #uint32(at: number): number {
    const bytes = this.#bytes;
    const high = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    return high * 0x10000 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number));
  }
}
