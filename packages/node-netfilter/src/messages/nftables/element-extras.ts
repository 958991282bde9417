import { NodeNetfilterError } from '../../node-netfilter-error.ts';
import type { SetElement } from '../../ruleset/set-element.ts';
import { attributeHeader } from '../netlink/attribute-header.ts';
import { isLittleEndian } from '../netlink/is-little-endian.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';
import { elementAttribute } from './element-format.ts';
import { commentData, openEndData } from './user-data.ts';

const timeoutBytes = 12;
const timeoutHeader = attributeHeader(timeoutBytes, elementAttribute.timeout);
const maxKnownComments = 64;
const noData = new Uint8Array(0);

/** Most bytes that timeout and user data take: a comment is at most 127 bytes long. */
export const maxExtrasBytes: number = timeoutBytes + 4 + 2 + 128 + openEndData.length + 2;

function writeTimeout(writer: MessageWriter, timeoutMs: number): void {
  const ms = Math.ceil(timeoutMs);
  if (!(ms >= 1 && ms <= Number.MAX_SAFE_INTEGER)) {
    throw new NodeNetfilterError('OPTION', `timeoutMs must be above 0, not ${timeoutMs}`, { value: timeoutMs });
  }
  const { view, length } = writer;
  view.setUint32(length, timeoutHeader, isLittleEndian);
  view.setUint32(length + 4, Math.floor(ms / 2 ** 32));
  view.setUint32(length + 8, ms >>> 0);
  writer.length += timeoutBytes;
}

/** A whole attribute, padded. */
function userDataAttribute(comment: string, isOpen: boolean): DataView {
  const words = comment === '' ? noData : commentData(comment);
  const length = 4 + words.length + (isOpen ? openEndData.length : 0);
  const bytes = new Uint8Array((length + 3) & ~3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, attributeHeader(length, elementAttribute.userData), isLittleEndian);
  bytes.set(words, 4);
  if (isOpen) bytes.set(openEndData, 4 + words.length);
  return view;
}

/** Writes what elements have besides their keys. Few comments are many elements': each is made bytes once. */
export class ElementExtras {
  readonly #known = new Map<string, DataView>();
  #lastComment = '';
  #last: DataView = new DataView(noData.buffer);

  /**
   * Writes timeout and user data of an element. There has to be room.
   *
   * @param isOpen whether it is a range that has no end, since its last key is the highest there is
   */
  write(writer: MessageWriter, { timeoutMs, comment = '' }: SetElement, isOpen: boolean): void {
    if (timeoutMs !== undefined && timeoutMs !== Number.POSITIVE_INFINITY) writeTimeout(writer, timeoutMs);
    if (isOpen) this.#copy(writer, userDataAttribute(comment, true));
    else if (comment !== '') this.#copy(writer, this.#commentAttribute(comment));
  }

  #commentAttribute(comment: string): DataView {
    if (comment === this.#lastComment) return this.#last;
    this.#last = this.#known.get(comment) ?? userDataAttribute(comment, false);
    this.#lastComment = comment;
    if (this.#known.size < maxKnownComments) this.#known.set(comment, this.#last);
    return this.#last;
  }

  #copy(writer: MessageWriter, attribute: DataView): void {
    const { view, length } = writer;
    const { byteLength } = attribute;
    for (let i = 0; i < byteLength; i += 4) view.setUint32(length + i, attribute.getUint32(i));
    writer.length += byteLength;
  }
}
