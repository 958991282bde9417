import type { KeyLayout } from '../../keys/key-layout.ts';
import { writeKey } from '../../keys/write-key.ts';
import type { SetElement } from '../../ruleset/set-element.ts';
import { attributeHeader } from '../netlink/attribute-header.ts';
import { isLittleEndian } from '../netlink/is-little-endian.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';
import { ElementExtras } from './element-extras.ts';
import { dataAttribute, elementAttribute, elementsAttribute } from './element-format.ts';

const nested = 0x8000;

/** Writes an element of a set without ranges; false when its key is none. There has to be room. */
export type Encode = (writer: MessageWriter, element: SetElement, isAddition: boolean) => boolean;

/** Keys go from their text right into the buffer: this is what large commits spend their time in. */
export function valueEncoder(layout: KeyLayout): Encode {
  const { byteLength } = layout;
  const single = layout.fields.length === 1 ? layout.fields[0]?.parse : undefined;
  const keyHeader = attributeHeader(8 + ((byteLength + 3) & ~3), elementAttribute.key | nested);
  const valueHeader = attributeHeader(4 + byteLength, dataAttribute.value);
  const toExtras = 12 + ((byteLength + 3) & ~3);
  const extras = new ElementExtras();
  return (writer, element, isAddition) => {
    const start = writer.length;
    const { view, bytes } = writer;
    const { key } = element;
    const isKey =
      single === undefined ? writeKey(key, layout, bytes, start + 12) : single(key, 0, key.length, bytes, start + 12);
    if (!isKey) return false;
    view.setUint32(start + 4, keyHeader, isLittleEndian);
    view.setUint32(start + 8, valueHeader, isLittleEndian);
    writer.length = start + toExtras;
    if (isAddition) extras.write(writer, element, false);
    view.setUint32(start, attributeHeader(writer.length - start, elementsAttribute.item | nested), isLittleEndian);
    return true;
  };
}
