import { type Decode, latin1Decoder } from '../decode.ts';
import { serialFault } from './serial-fault.ts';
import { firstIntTag, firstShapeTag, tags, typedKinds } from './tags.ts';

class Unpacker {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #latin1: Decode;
  readonly #texts: string[] = [];
  readonly #shapes: (readonly string[])[] = [];
  readonly #values: unknown[] = [];
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#latin1 = latin1Decoder(bytes);
  }

  whole(): unknown {
    const data = this.#any();
    if (this.#at !== this.#bytes.length) this.#fail('more than one value');
    return data;
  }

  #any(): unknown {
    const tag = this.#byte();
    if (tag >= firstIntTag) return tag - firstIntTag;
    if (tag >= firstShapeTag) return this.#record(this.#known(this.#shapes, tag - firstShapeTag));
    switch (tag) {
      case tags.undefined:
        return undefined;
      case tags.null:
        return null;
      case tags.false:
        return false;
      case tags.true:
        return true;
      case tags.int:
        return this.#int();
      case tags.float:
        return this.#view.getFloat64(this.#skip(8), true);
      case tags.text:
        return this.#newText();
      case tags.textRef:
        return this.#known(this.#texts, this.#varint());
      case tags.array:
        return this.#array();
      case tags.map:
        return this.#map();
      case tags.shape:
        return this.#record(this.#newShape());
      case tags.object:
        return this.#record(this.#known(this.#shapes, this.#varint()));
      case tags.typed:
        return this.#typed();
      case tags.value:
        return this.#newValue();
      case tags.valueRef:
        return this.#known(this.#values, this.#varint());
      default:
        return this.#fail(`no tag ${tag}`);
    }
  }

  #fail(what: string): never {
    throw serialFault(`the serialised set is damaged: ${what} at byte ${this.#at}`);
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    return byte ?? this.#fail('the end');
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    return this.#fail('a number of more than 32 bits');
  }

  #int(): number {
    const zigzag = this.#varint();
    return (zigzag >>> 1) ^ -(zigzag & 1);
  }

  /** Passes over bytes that have to be there, and gives where they begin. */
  #skip(count: number): number {
    const start = this.#at;
    if (count > this.#bytes.length - start) this.#fail('the end');
    this.#at += count;
    return start;
  }

  /** How many values follow. Each has at least one byte: no count makes this allocate more than the input warrants. */
  #count(): number {
    const count = this.#varint();
    if (count > this.#bytes.length - this.#at) this.#fail('the end');
    return count;
  }

  #known<T>(list: readonly T[], index: number): T {
    return index < list.length ? (list[index] as T) : this.#fail(`a reference to nothing (${index})`);
  }

  #newText(): string {
    const size = this.#varint();
    const wide = (size & 1) === 1;
    const length = size >>> 1;
    const start = this.#skip(wide ? 2 * length : length);
    let text = '';
    if (wide)
      for (let at = 0; at < length; at++) text += String.fromCharCode(this.#view.getUint16(start + 2 * at, true));
    else text = this.#latin1(start, start + length);
    this.#texts.push(text);
    return text;
  }

  #array(): unknown[] {
    const count = this.#count();
    const items: unknown[] = [];
    for (let at = 0; at < count; at++) items.push(this.#any());
    return items;
  }

  #map(): Map<unknown, unknown> {
    const count = this.#count();
    const map = new Map<unknown, unknown>();
    for (let at = 0; at < count; at++) {
      const key = this.#any();
      map.set(key, this.#any());
    }
    return map;
  }

  #newShape(): readonly string[] {
    const keys = Array.from({ length: this.#count() }, () => {
      const key = this.#any();
      return typeof key === 'string' && key !== '__proto__' ? key : this.#fail('a key that is none');
    });
    this.#shapes.push(keys);
    return keys;
  }

  #record(keys: readonly string[]): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (const key of keys) record[key] = this.#any();
    return record;
  }

  #typed(): unknown {
    const Kind = this.#known(typedKinds, this.#byte());
    const length = this.#varint();
    if (length % Kind.BYTES_PER_ELEMENT !== 0) this.#fail('half a number');
    const start = this.#skip(length);
    return new Kind(this.#bytes.slice(start, start + length).buffer);
  }

  #newValue(): unknown {
    const value = this.#any();
    this.#values.push(value);
    return value;
  }
}

/**
 * What {@link pack} packed. Equal values of `isValue` are one object: do not change what this gives.
 *
 * @throws LogMatcherError `ERR_LOG_MATCHER_SERIAL` for whatever is not a packed value
 */
export const unpack = (bytes: Uint8Array): unknown => new Unpacker(bytes).whole();
