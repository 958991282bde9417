import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { KeyType } from '../ruleset/set.ts';
import { type KeyField, keyFields } from './key-fields.ts';

/** Most parts that a concatenation may have: the number of its type has six bits for each of them, and 32 in all. */
const maxFields = 5;

/** How a set's key is laid out in bytes. */
export interface KeyLayout {
  readonly fields: readonly KeyField[];
  /** Where each field begins: those of a concatenation at multiples of four. */
  readonly offsets: readonly number[];
  readonly byteLength: number;
  /** The kernel's number for the type: six bits for each field. */
  readonly id: number;
}

const padded = (length: number): number => (length + 3) & ~3;

/** @throws NodeNetfilterError `ERR_NODE_NETFILTER_KEY` when there is no such type */
export function keyLayout(types: readonly KeyType[]): KeyLayout {
  const fields = types.map((type) => {
    const field = keyFields.get(type);
    if (field !== undefined) return field;
    throw new NodeNetfilterError('KEY', `a key's type must be one of ${[...keyFields.keys()].join(', ')}, not ${type}`);
  });
  if (fields.length === 0 || fields.length > maxFields) {
    throw new NodeNetfilterError('KEY', `a key must have from 1 to ${maxFields} types, not ${fields.length}`);
  }
  const offsets: number[] = [];
  let byteLength = 0;
  let id = 0;
  for (const field of fields) {
    offsets.push(byteLength);
    byteLength += fields.length === 1 ? field.byteLength : padded(field.byteLength);
    id = (id << 6) | field.id;
  }
  return { fields, offsets, byteLength, id };
}
