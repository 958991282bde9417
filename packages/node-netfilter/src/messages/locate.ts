import { AttributeCursor } from './netlink/attribute-cursor.ts';
import { isLittleEndian } from './netlink/is-little-endian.ts';
import { messageType } from './netlink/message-type.ts';
import { elementAttribute, elementsAttribute, intervalEnd } from './nftables/element-format.ts';

const headBytes = 20;

/** What a place in a message of a batch belongs to. */
export type BatchPart = 'table' | 'chain' | 'set' | 'counter' | 'element' | 'statement' | 'other';

/** Names and lists of the messages of a batch by the type of their attribute; the table's is 1 in all of them. */
const partsByMessage: ReadonlyMap<number, ReadonlyMap<number, BatchPart>> = new Map([
  [messageType.newChain, new Map([[3, 'chain']])],
  [messageType.deleteChain, new Map([[3, 'chain']])],
  [
    messageType.newRule,
    new Map([
      [2, 'chain'],
      [4, 'statement'],
    ]),
  ],
  [messageType.deleteRule, new Map([[2, 'chain']])],
  [messageType.newSet, new Map([[2, 'set']])],
  [messageType.deleteSet, new Map([[2, 'set']])],
  [messageType.newObject, new Map([[2, 'counter']])],
  [
    messageType.newElements,
    new Map([
      [2, 'set'],
      [3, 'element'],
    ]),
  ],
  [
    messageType.deleteElements,
    new Map([
      [2, 'set'],
      [3, 'element'],
    ]),
  ],
  [
    messageType.destroyElements,
    new Map([
      [2, 'set'],
      [3, 'element'],
    ]),
  ],
] as [number, Map<number, BatchPart>][]);

function isRangeEnd(message: Uint8Array, from: number, to: number): boolean {
  const cursor = new AttributeCursor(message, from, to);
  while (cursor.next()) if (cursor.type === elementAttribute.flags) return (cursor.uint32() & intervalEnd) !== 0;
  return false;
}

/** How many elements begin before a place in the list: the end of a range belongs to its beginning. */
function elementAt(list: AttributeCursor, message: Uint8Array, offset: number): number {
  let elements = 0;
  while (list.next() && list.start <= offset) {
    if (!isRangeEnd(message, list.dataStart, list.end)) elements++;
  }
  return Math.max(0, elements - 1);
}

/** What the attribute at a place in a message is, and which element of the message it lies in. */
export function locate(message: Uint8Array, offset: number): { readonly part: BatchPart; readonly element?: number } {
  const type = new DataView(message.buffer, message.byteOffset).getUint16(4, isLittleEndian);
  const cursor = new AttributeCursor(message, headBytes);
  while (cursor.next()) {
    if (offset < cursor.start || offset >= cursor.end) continue;
    const part = cursor.type === elementsAttribute.table ? 'table' : partsByMessage.get(type)?.get(cursor.type);
    if (part !== 'element') return { part: part ?? 'other' };
    // The list itself is what is refused where the fault lies in no single element.
    if (offset < cursor.dataStart) return { part: 'set' };
    const list = new AttributeCursor(message, cursor.dataStart, cursor.end);
    return { part, element: elementAt(list, message, offset) };
  }
  return { part: 'other' };
}
