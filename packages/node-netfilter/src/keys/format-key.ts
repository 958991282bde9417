import type { KeyType } from '../ruleset/set.ts';
import type { KeyField } from './key-fields.ts';
import { keyFields } from './key-fields.ts';
import { prefixLength } from './prefix-length.ts';

const hex = (bytes: Uint8Array): string => {
  let text = '0x';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
};

function formatField(field: KeyField, first: Uint8Array, last: Uint8Array | undefined, at: number): string {
  const { byteLength } = field;
  const text = field.format(first, at);
  if (last === undefined) return text;
  const lastText = field.format(last, at);
  if (lastText === text) return text;
  const prefix = field.hasPrefixes ? prefixLength(first, last, at, byteLength) : -1;
  return prefix < 0 ? `${text}-${lastText}` : `${text}/${prefix}`;
}

/**
 * The text of a key as `nft` writes it, which `parseKey` reads.
 *
 * @param types those of the set; bytes that do not fit them are given in hexadecimal: `0x…`
 * @param lastBytes last key of a range
 */
export function formatKey(bytes: Uint8Array, types: readonly KeyType[], lastBytes?: Uint8Array): string {
  if (lastBytes !== undefined && lastBytes.length !== bytes.length) return `${hex(bytes)}-${hex(lastBytes)}`;
  if (types.length === 1) {
    const field = keyFields.get(types[0] as KeyType);
    if (field?.byteLength === bytes.length) return formatField(field, bytes, lastBytes, 0);
  }
  const parts: string[] = [];
  let at = 0;
  for (const type of types) {
    const field = keyFields.get(type);
    if (field === undefined || at + field.byteLength > bytes.length) break;
    parts.push(formatField(field, bytes, lastBytes, at));
    at += (field.byteLength + 3) & ~3;
  }
  if (types.length > 1 && parts.length === types.length && at === bytes.length) return parts.join(' . ');
  return lastBytes === undefined ? hex(bytes) : `${hex(bytes)}-${hex(lastBytes)}`;
}
