import { decodeUnnamed } from './charset.ts';

/**
 * Text of header bytes as they stand: UTF-8 (RFC 6532), or else windows-1252. Always a string of its own, which does not
 * keep the header block that it was cut from.
 *
 * @param raw as Latin-1
 */
export const rawText = (raw: string): string => decodeUnnamed(Buffer.from(raw, 'latin1'));
