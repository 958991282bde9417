import type { KeyLayout } from '../../keys/key-layout.ts';
import { writeRange } from '../../keys/write-range.ts';
import { ElementExtras } from './element-extras.ts';
import { dataAttribute, elementAttribute, elementsAttribute } from './element-format.ts';
import type { Encode } from './value-encoder.ts';

/** Writes ranges of several fields as one element that has both ends. */
export function spanEncoder(layout: KeyLayout): Encode {
  const first = new Uint8Array(layout.byteLength);
  const last = new Uint8Array(layout.byteLength);
  const extras = new ElementExtras();
  return (writer, element, isAddition) => {
    if (!writeRange(element.key, layout, first, last)) return false;
    const start = writer.beginNest(elementsAttribute.item);
    const key = writer.beginNest(elementAttribute.key);
    writer.data(dataAttribute.value, first);
    writer.endNest(key);
    const keyEnd = writer.beginNest(elementAttribute.keyEnd);
    writer.data(dataAttribute.value, last);
    writer.endNest(keyEnd);
    if (isAddition) extras.write(writer, element, false);
    writer.endNest(start);
    return true;
  };
}
