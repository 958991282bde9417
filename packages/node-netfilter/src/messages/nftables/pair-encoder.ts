import type { KeyLayout } from '../../keys/key-layout.ts';
import { writeRange } from '../../keys/write-range.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';
import { ElementExtras } from './element-extras.ts';
import { dataAttribute, elementAttribute, elementsAttribute, intervalEnd } from './element-format.ts';
import type { Encode } from './value-encoder.ts';

/** Adds one to a number in network order; false when it was the highest there is. */
function increment(bytes: Uint8Array): boolean {
  for (let i = bytes.length - 1; i >= 0; i--) {
    bytes[i] = (bytes[i] as number) + 1;
    if (bytes[i] !== 0) return true;
  }
  return false;
}

function writeKeyValue(writer: MessageWriter, key: Uint8Array): void {
  const nest = writer.beginNest(elementAttribute.key);
  writer.data(dataAttribute.value, key);
  writer.endNest(nest);
}

/** Writes a range as two elements: its first key, and the key behind its last one, unless that is the highest. */
export function pairEncoder(layout: KeyLayout): Encode {
  const first = new Uint8Array(layout.byteLength);
  const last = new Uint8Array(layout.byteLength);
  const extras = new ElementExtras();
  return (writer, element, isAddition) => {
    if (!writeRange(element.key, layout, first, last)) return false;
    const hasEnd = increment(last);
    const start = writer.beginNest(elementsAttribute.item);
    writeKeyValue(writer, first);
    if (isAddition) extras.write(writer, element, !hasEnd);
    writer.endNest(start);
    if (!hasEnd) return true;
    const end = writer.beginNest(elementsAttribute.item);
    writer.uint32(elementAttribute.flags, intervalEnd);
    writeKeyValue(writer, last);
    writer.endNest(end);
    return true;
  };
}
