import type { SetElement } from '../../ruleset/set-element.ts';
import { expressionAttribute } from '../expressions/expression-attribute.ts';
import { AttributeCursor } from '../netlink/attribute-cursor.ts';
import { Attributes } from '../netlink/attributes.ts';
import { counterAttribute } from './counter-format.ts';
import { catchAll, dataAttribute, elementAttribute, intervalEnd } from './element-format.ts';
import { commentOf } from './user-data.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** An element as the kernel has it: a key, both ends of a range, or one of them. */
export interface ElementPart {
  readonly key: Uint8Array;
  /** Last key of a range. */
  readonly lastKey: Uint8Array | undefined;
  /** Whether the key is the first one that is no longer in the range. */
  readonly isEnd: boolean;
  /** The element but for its key. */
  readonly element: Writable<SetElement>;
}

function keyIn(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  const cursor = new AttributeCursor(bytes, from, to);
  while (cursor.next()) if (cursor.type === dataAttribute.value) return cursor.data;
  return undefined;
}

/** Packets and bytes that an expression has counted, if it is one that counts. */
function readCounter(expression: Uint8Array, element: Writable<SetElement>): void {
  const attributes = new Attributes(expression);
  if (attributes.text(expressionAttribute.name) !== 'counter') return;
  const data = attributes.nested(expressionAttribute.data);
  element.packets = data?.uint64(counterAttribute.packets) ?? 0n;
  element.bytes = data?.uint64(counterAttribute.bytes) ?? 0n;
}

function readCounters(expressions: Uint8Array, element: Writable<SetElement>): void {
  const cursor = new AttributeCursor(expressions);
  while (cursor.next()) readCounter(cursor.data, element);
}

/** Undefined for what has no key: the element that stands for all others. */
export function readElementPart(bytes: Uint8Array, from: number, to: number): ElementPart | undefined {
  const cursor = new AttributeCursor(bytes, from, to);
  const element: Writable<SetElement> = { key: '' };
  let key: Uint8Array | undefined;
  let lastKey: Uint8Array | undefined;
  let flags = 0;
  let expiresInMs: number | undefined;
  while (cursor.next()) {
    switch (cursor.type) {
      case elementAttribute.key:
        key = keyIn(bytes, cursor.dataStart, cursor.end);
        break;
      case elementAttribute.keyEnd:
        lastKey = keyIn(bytes, cursor.dataStart, cursor.end);
        break;
      case elementAttribute.flags:
        flags = cursor.uint32();
        break;
      case elementAttribute.timeout:
        // 0 is that of an element without end in a set whose elements end.
        if (cursor.uint64() > 0) element.timeoutMs = cursor.uint64();
        break;
      case elementAttribute.expiration:
        expiresInMs = cursor.uint64();
        break;
      case elementAttribute.userData: {
        const comment = commentOf(cursor.data);
        if (comment !== undefined) element.comment = comment;
        break;
      }
      case elementAttribute.expression:
        readCounter(cursor.data, element);
        break;
      case elementAttribute.expressions:
        readCounters(cursor.data, element);
        break;
    }
  }
  if (key === undefined || (flags & catchAll) !== 0) return undefined;
  if (lastKey?.length !== key.length) lastKey = undefined;
  if (element.timeoutMs !== undefined && expiresInMs !== undefined) element.expiresInMs = expiresInMs;
  return { key, lastKey, isEnd: (flags & intervalEnd) !== 0, element };
}
