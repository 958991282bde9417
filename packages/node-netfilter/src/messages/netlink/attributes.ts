import { AttributeCursor } from './attribute-cursor.ts';
import { malformed } from './malformed.ts';

const utf8 = new TextDecoder('utf-8');

/** The attributes of a message, or of one that is nested. Of several with one type the last counts. */
export class Attributes {
  readonly #byType = new Map<number, Uint8Array>();

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED` */
  constructor(bytes: Uint8Array) {
    const cursor = new AttributeCursor(bytes);
    while (cursor.next()) this.#byType.set(cursor.type, cursor.data);
  }

  data(type: number): Uint8Array | undefined {
    return this.#byType.get(type);
  }

  nested(type: number): Attributes | undefined {
    const data = this.#byType.get(type);
    return data === undefined ? undefined : new Attributes(data);
  }

  /** The text before the first NUL. */
  text(type: number): string | undefined {
    const data = this.#byType.get(type);
    if (data === undefined) return undefined;
    const end = data.indexOf(0);
    return utf8.decode(end < 0 ? data : data.subarray(0, end));
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED` when it is not there */
  requiredText(type: number): string {
    const text = this.text(type);
    if (text === undefined) throw malformed(`a message lacks its attribute ${type}`);
    return text;
  }

  uint32(type: number): number | undefined {
    return this.#view(type, 4)?.getUint32(0);
  }

  /** @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED` when it is not there */
  requiredUint32(type: number): number {
    const value = this.uint32(type);
    if (value === undefined) throw malformed(`a message lacks its attribute ${type}`);
    return value;
  }

  int32(type: number): number | undefined {
    return this.#view(type, 4)?.getInt32(0);
  }

  uint64(type: number): bigint | undefined {
    return this.#view(type, 8)?.getBigUint64(0);
  }

  #view(type: number, byteLength: number): DataView | undefined {
    const data = this.#byType.get(type);
    if (data === undefined) return undefined;
    if (data.length !== byteLength) {
      throw malformed(`attribute ${type} has ${data.length} bytes and not ${byteLength}`);
    }
    return new DataView(data.buffer, data.byteOffset, byteLength);
  }
}
