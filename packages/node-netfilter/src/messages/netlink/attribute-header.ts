import { isLittleEndian } from './is-little-endian.ts';

/** Length and type of an attribute as one integer, which is quicker to write than two. */
export const attributeHeader = (byteLength: number, type: number): number =>
  isLittleEndian ? (type << 16) | byteLength : (byteLength << 16) | type;
