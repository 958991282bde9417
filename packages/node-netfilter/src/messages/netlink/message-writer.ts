import { isLittleEndian } from './is-little-endian.ts';

/** Nested attributes carry it in their type. */
const nested = 0x8000;
const headerBytes = 16;

/** Begin of a message: header and the family that nfnetlink has in all of its messages. */
export interface MessageHead {
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
  /** Address family, of which nf_tables makes its own. */
  readonly family: number;
  /** Resource id; default 0. */
  readonly resource?: number;
}

/**
 * Writes netlink messages one behind the other into a buffer that grows (`linux/netlink.h`: RFC 3549, section 2.3.2).
 * Headers are in the machine's byte order, integers in attributes in network order.
 */
export class MessageWriter {
  bytes: Uint8Array;
  view: DataView;
  /** How much is written. What is behind it is zero. */
  length = 0;

  constructor(initialBytes = 1024) {
    this.bytes = new Uint8Array(initialBytes);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for so many bytes more. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  /** Begins a message, and gives where. */
  begin({ type, flags, seq, family, resource = 0 }: MessageHead): number {
    const start = this.#beginPlain(type, flags, seq);
    this.reserve(4);
    this.view.setUint8(this.length, family);
    this.view.setUint16(this.length + 2, resource);
    this.length += 4;
    return start;
  }

  /** Writes a message without attributes, of another kind than nfnetlink's. */
  plain(type: number, flags: number, seq: number, payload: Uint8Array): void {
    const start = this.#beginPlain(type, flags, seq);
    this.reserve(payload.length + 3);
    this.bytes.set(payload, this.length);
    this.length += (payload.length + 3) & ~3;
    this.end(start);
  }

  /** Ends the message that began there. */
  end(start: number): void {
    this.view.setUint32(start, this.length - start, isLittleEndian);
  }

  /** Sets a flag of a message that is written. */
  addFlag(start: number, flag: number): void {
    this.view.setUint16(start + 6, this.view.getUint16(start + 6, isLittleEndian) | flag, isLittleEndian);
  }

  /** Begins an attribute that holds others, and gives where. */
  beginNest(type: number): number {
    return this.#attribute(type | nested, 0);
  }

  endNest(start: number): void {
    this.view.setUint16(start, this.length - start, isLittleEndian);
  }

  /** An attribute that holds no others, not even that. */
  emptyNest(type: number): void {
    this.beginNest(type);
  }

  byte(type: number, value: number): void {
    this.bytes[this.#attribute(type, 1) + 4] = value;
  }

  uint32(type: number, value: number): void {
    this.view.setUint32(this.#attribute(type, 4) + 4, value);
  }

  uint64(type: number, value: bigint): void {
    this.view.setBigUint64(this.#attribute(type, 8) + 4, value);
  }

  data(type: number, value: Uint8Array): void {
    this.bytes.set(value, this.#attribute(type, value.length) + 4);
  }

  /** A name of ASCII characters, with the NUL that ends it. */
  name(type: number, value: string): void {
    const at = this.#attribute(type, value.length + 1) + 4;
    for (let i = 0; i < value.length; i++) this.bytes[at + i] = value.charCodeAt(i);
  }

  #beginPlain(type: number, flags: number, seq: number): number {
    this.reserve(headerBytes);
    const start = this.length;
    this.view.setUint16(start + 4, type, isLittleEndian);
    this.view.setUint16(start + 6, flags, isLittleEndian);
    this.view.setUint32(start + 8, seq, isLittleEndian);
    this.length += headerBytes;
    return start;
  }

  #attribute(type: number, dataBytes: number): number {
    const padded = (4 + dataBytes + 3) & ~3;
    this.reserve(padded);
    const start = this.length;
    this.view.setUint16(start, 4 + dataBytes, isLittleEndian);
    this.view.setUint16(start + 2, type, isLittleEndian);
    this.length += padded;
    return start;
  }
}
