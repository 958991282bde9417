import { withoutTrueLookBehind } from '../rules/stock-rules.mjs';

const hostGroup = /^\(\?P<(?:ip4|ip6|dns|fid)>/;
const otherGroup = /^\((?:\?P<\w+>|(?!\?))/;
const counter = /^\{(\d*)(,?)(\d*)\}/;

/** Escapes that every dialect knows; any other character but a letter or digit stands for itself everywhere. */
const keptEscape = /^\\[\w\\.+*?()|[\]{}^$]/;
const keptEscapeInClass = /^\\[\w\\\]^[-]/;

/** Bytes of a character in UTF-8, for peers that search bytes. */
const bytesOf = (character) =>
  `(?:${Array.from(Buffer.from(character), (byte) => `\\x${byte.toString(16)}`).join('')})`;

/** One piece outside a class: how long it is, and what is written for it. */
function outside(text) {
  const character = String.fromCodePoint(text.codePointAt(0));
  if (character > '\x7f') return [character.length, bytesOf(character)];
  if (text.startsWith('\\')) return [2, keptEscape.test(text) ? text.slice(0, 2) : text.slice(1, 2)];
  const host = hostGroup.exec(text) ?? undefined;
  if (host !== undefined) return [host[0].length, '('];
  const group = otherGroup.exec(text) ?? undefined;
  if (group !== undefined) return [group[0].length, '(?:'];
  if (!text.startsWith('{')) return [1, text.slice(0, 1)];
  const [all = '', least = '', comma, most = ''] = counter.exec(text) ?? [];
  if (least === '' && most === '') return [1, '\\{'];
  return [all.length, `{${least || 0}${comma}${most}}`];
}

/** A whole class: in Rust an open bracket inside begins another one. */
function classOf(text) {
  const [open = '['] = /^\[\^?\]?/.exec(text) ?? [];
  let written = open.replace(/\]$/, '\\]');
  let at = open.length;
  while (at < text.length && text[at] !== ']') {
    const isEscape = text[at] === '\\';
    const piece = text.slice(at, at + (isEscape ? 2 : 1));
    if (isEscape) written += keptEscapeInClass.test(piece) ? piece : piece.slice(1);
    else written += piece === '[' ? '\\[' : piece;
    at += piece.length;
  }
  return [at + 1, `${written}]`];
}

/**
 * A pattern of ours in a form that all peers read alike: no names (some take a name only once), only the host is
 * captured, no escape that one of them refuses.
 *
 * @param {string} source in the dialect of Python
 */
export function peerPattern(source) {
  const text = withoutTrueLookBehind(source);
  let written = '';
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const [length, piece] = rest.startsWith('[') ? classOf(rest) : outside(rest);
    written += piece;
    at += length;
  }
  return written;
}
