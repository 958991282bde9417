/** An encoded word (RFC 2047, 2) within a text. */
export interface EncodedWord {
  readonly start: number;
  readonly end: number;
  /** In lower case, without a language (RFC 2231, 5). */
  readonly charset: string;
  readonly bytes: Buffer;
}

const notCharset = /[\s"(),;<>@[\]\\]/;
const escaped = /=[0-9A-Fa-f]{2}/g;

/** The Q encoding: `_` is a blank, `=E4` a byte; anything else stands for itself. */
function decodeQ(text: string): Buffer {
  const blanks = text.replaceAll('_', ' ');
  const latin1 = blanks.includes('=')
    ? blanks.replace(escaped, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
    : blanks;
  return Buffer.from(latin1, 'latin1');
}

/** The word that begins at `start`, and whose text ends before `close`; undefined when it is none. */
function wordAt(text: string, start: number, textStart: number, close: number): EncodedWord | undefined {
  const encoding = text.charCodeAt(textStart - 2) | 32;
  const [charset = ''] = text.slice(start + 2, textStart - 3).split('*', 1);
  if (charset === '' || notCharset.test(charset)) return undefined;
  const content = text.slice(textStart, close);
  const bytes = encoding === 0x62 ? Buffer.from(content, 'base64') : decodeQ(content);
  return { start, end: close + 2, charset: charset.toLowerCase(), bytes };
}

/** Where the text of a word that begins at `start` begins: after `=?charset?q?`; -1 when there is no such beginning. */
function textStartOf(text: string, start: number): number {
  const mark = text.indexOf('?', start + 2);
  if (mark === -1 || text.charCodeAt(mark + 2) !== 0x3f) return -1;
  const encoding = text.charCodeAt(mark + 1) | 32;
  return encoding === 0x62 || encoding === 0x71 ? mark + 3 : -1;
}

/**
 * The first encoded word at or after `from`. Its text may hold blanks and `?`, as some programs write, but not the
 * beginning of another word: of `=?utf-8?q?a =?utf-8?q?b?=` only the second is one.
 *
 * Looking for all words of a text takes linear time: each mark is passed once, and when no `?=` is left, none is
 * looked for again.
 *
 * @param text as Latin-1
 */
export function nextWord(text: string, from: number): EncodedWord | undefined {
  let close = -1;
  for (let start = text.indexOf('=?', from); start !== -1; start = text.indexOf('=?', start + 2)) {
    const textStart = textStartOf(text, start);
    if (textStart === -1) continue;
    if (close < textStart) close = text.indexOf('?=', textStart);
    if (close === -1) return undefined;
    const inner = text.indexOf('=?', textStart);
    // The `=` before the closing `?=` is padding or a stray one, not the beginning of a word.
    if (inner !== -1 && inner < close - 1) continue;
    const word = wordAt(text, start, textStart, close);
    if (word !== undefined) return word;
  }
  return undefined;
}
