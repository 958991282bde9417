import { latin1Decoder } from '../decode.ts';
import { ByteWriter } from './byte-writer.ts';
import { serialFault } from './serial-fault.ts';
import { firstIntTag, firstShapeTag, type TypedData, tags, typedKinds } from './tags.ts';

const isWide = (text: string): boolean => /[^\0-\xff]/.test(text);

/** By name: an array of another realm is one too. -1 when it is none of them. */
const kindOf = (data: ArrayBufferView): number =>
  typedKinds.findIndex(({ name }) => name === (data as TypedData)[Symbol.toStringTag]);

/** Whether it is a plain object, of whatever realm: only those inherit from nothing but a last prototype. */
function isRecord(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

class Packer {
  readonly out = new ByteWriter();
  readonly #isValue: (object: object) => boolean;
  readonly #texts = new Map<string, number>();
  readonly #shapes = new Map<string, number>();
  /** Numbers of values by what they were packed to, and by what was packed. */
  readonly #values = new Map<string, number>();
  readonly #objects = new Map<object, number>();
  #valueCount = 0;

  constructor(isValue: (object: object) => boolean) {
    this.#isValue = isValue;
  }

  any(value: unknown): void {
    if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'boolean') this.out.byte(value ? tags.true : tags.false);
    else if (value === undefined) this.out.byte(tags.undefined);
    else if (value === null) this.out.byte(tags.null);
    else if (typeof value === 'object') this.#object(value);
    else throw serialFault(`a ${typeof value} cannot be serialised`);
  }

  #number(value: number): void {
    if (!Number.isInteger(value) || value !== (value | 0) || Object.is(value, -0)) {
      this.out.byte(tags.float);
      this.out.float(value);
    } else if (value >= 0 && value < 0x100 - firstIntTag) {
      this.out.byte(firstIntTag + value);
    } else {
      this.out.byte(tags.int);
      this.out.varint(((value << 1) ^ (value >> 31)) >>> 0);
    }
  }

  #text(text: string): void {
    const known = this.#texts.get(text);
    if (known !== undefined) {
      this.out.byte(tags.textRef);
      this.out.varint(known);
      return;
    }
    this.#texts.set(text, this.#texts.size);
    const wide = isWide(text);
    this.out.byte(tags.text);
    this.out.varint(2 * text.length + (wide ? 1 : 0));
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      this.out.byte(unit & 0xff);
      if (wide) this.out.byte(unit >> 8);
    }
  }

  #object(object: object): void {
    if (!this.#isValue(object)) {
      this.#parts(object);
      return;
    }
    let value = this.#objects.get(object);
    if (value === undefined) {
      const start = this.out.length;
      this.out.byte(tags.value);
      this.#parts(object);
      const content = this.out.since(start);
      const key = latin1Decoder(content)(0, content.length);
      value = this.#values.get(key);
      this.#objects.set(object, value ?? this.#valueCount);
      if (value === undefined) {
        this.#values.set(key, this.#valueCount++);
        return;
      }
      // Texts and shapes are named in full only once: bytes that were written before hold none.
      this.out.backTo(start);
    }
    this.out.byte(tags.valueRef);
    this.out.varint(value);
  }

  #parts(object: object): void {
    if (Array.isArray(object)) this.#list(tags.array, object.length, object);
    else if (object instanceof Map) this.#list(tags.map, object.size, [...object].flat());
    else if (ArrayBuffer.isView(object)) this.#typed(object);
    else if (isRecord(object)) this.#record(object);
    else throw serialFault('an object of a class cannot be serialised');
  }

  #list(tag: number, count: number, items: readonly unknown[]): void {
    this.out.byte(tag);
    this.out.varint(count);
    for (const item of items) this.any(item);
  }

  #typed(data: ArrayBufferView): void {
    const kind = kindOf(data);
    if (kind === -1) throw serialFault('a view that is no array of numbers cannot be serialised');
    this.out.byte(tags.typed);
    this.out.byte(kind);
    this.out.varint(data.byteLength);
    this.out.bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  #record(object: object): void {
    const keys = Object.keys(object);
    const name = JSON.stringify(keys);
    const known = this.#shapes.get(name);
    if (known === undefined) {
      this.#shapes.set(name, this.#shapes.size);
      this.#list(tags.shape, keys.length, keys);
    } else if (known < firstIntTag - firstShapeTag) {
      this.out.byte(firstShapeTag + known);
    } else {
      this.out.byte(tags.object);
      this.out.varint(known);
    }
    for (const value of Object.values(object)) this.any(value);
  }
}

/**
 * Packs plain data: primitives, arrays, objects without a class, maps and typed arrays. Faithful to `undefined`, `-0`,
 * `NaN`, `Infinity` and lone surrogates; see `tags.ts` for the form.
 *
 * @param isValue true for objects that stand for what is in them, so that equal ones may become one
 * @throws LogMatcherError `ERR_LOG_MATCHER_SERIAL` for functions, symbols, big integers and instances of classes
 */
export function pack(data: unknown, isValue: (object: object) => boolean = () => false): Uint8Array {
  const packer = new Packer(isValue);
  packer.any(data);
  return packer.out.since(0);
}
