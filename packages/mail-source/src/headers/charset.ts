import { isUtf8 } from 'node:buffer';
import { decodeUtf7 } from './utf7.ts';

/**
 * 0x80 to 0x9f of windows-1252 (WHATWG index-windows-1252). By hand, because some releases of Node.js decode it as
 * ISO 8859-1, which has control characters there.
 */
const highControls =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
const highControl = /[\u0080-\u009f]/g;

function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(highControl, (char) => highControls.charAt(char.charCodeAt(0) - 0x80));
}

/** Text of bytes that name no charset: UTF-8 if they are, else windows-1252, of which Latin-1 is a part. */
export function decodeUnnamed(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeWindows1252(bytes);
}

type Decode = (bytes: Buffer) => string;

/** Names that mails use and the Encoding Standard lacks; the rest of its lack is spelling, see {@link spellings}. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['cp51932', 'euc-jp'],
  ['cp50220', 'iso-2022-jp'],
  ['cp50221', 'iso-2022-jp'],
  ['iso-2022-jp-1', 'iso-2022-jp'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['cp874', 'windows-874'],
  ['utf8mb4', 'utf-8'],
]);

/** How else a name may be spelled: `x-cp1251`, `cp-1251`, `win-1251`, `ms936`, `iso8859_15`, `koi8r`. */
function* spellings(name: string): Generator<string> {
  yield name;
  const plain = name.replace(/^(?:x-|cs)+/, '').replaceAll('_', '-');
  yield plain;
  const [, codePage] = /^(?:cp|windows|win|ms|ibm)-?(\d{3,5})$/.exec(plain) ?? [];
  if (codePage !== undefined) yield* [`cp${codePage}`, `windows-${codePage}`];
  const [, number] = /^iso-?8859-?(\d{1,2})(?:-[ei])?$/.exec(plain) ?? [];
  if (number !== undefined) yield `iso-8859-${number}`;
  const [, letter] = /^koi-?8-?([ru])$/.exec(plain) ?? [];
  if (letter !== undefined) yield `koi8-${letter}`;
}

function platformDecoder(label: string): Decode | undefined {
  try {
    const decoder = new TextDecoder(label);
    return decoder.encoding === 'windows-1252' ? decodeWindows1252 : (bytes) => decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function makeDecoder(name: string): Decode | undefined {
  if (/^(?:us-)?ascii$|^ansi_x3\.4-1968$/.test(name)) return decodeUnnamed;
  for (const spelling of spellings(name)) {
    if (/^(?:unicode-1-1-)?utf-?7$/.test(spelling)) return decodeUtf7;
    const decode = platformDecoder(aliases.get(spelling) ?? spelling);
    if (decode !== undefined) return decode;
  }
  return undefined;
}

/** Longest name in the Encoding Standard and IANA's registry is 45. */
const maxNameChars = 64;
/** Only names that are known come in, and there are about 250 of them with a handful of spellings each. */
const known = new Map<string, Decode>();

/**
 * What turns bytes of this charset into text; undefined when the charset is not known. Every failure costs some
 * microseconds, so the caller bounds how many names it asks for.
 *
 * @param name as in a mail, without language
 */
export function charsetDecoder(name: string): Decode | undefined {
  if (name.length > maxNameChars) return undefined;
  const key = name.toLowerCase();
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = makeDecoder(key);
  if (made !== undefined && known.size < 2000) known.set(key, made);
  return made;
}
