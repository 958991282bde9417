import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SvnHistory } from './svn-history.mjs';

const blockChars = 1 << 18;
/** @type {Readonly<Record<string, string>>} */
const entities = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** @param {string} text */
const escaped = (text) => text.replace(/[<>&]/g, (character) => entities[character] ?? character);

/** As Subversion does it: the order of the attributes comes from a hash table and changes from entry to entry.
 *
 * @param {import('./svn-history.mjs').Change} change
 * @param {number} turn
 */
function pathElement({ action, kind, path, from }, turn) {
  const copied = from === undefined ? [] : [`copyfrom-path="/${from.path}"`, `copyfrom-rev="${from.revision}"`];
  const all = [
    `action="${action}"`,
    'prop-mods="false"',
    `text-mods="${kind === 'file'}"`,
    `kind="${kind}"`,
    ...copied,
  ];
  const at = turn % all.length;
  return `<path\n   ${[...all.slice(at), ...all.slice(0, at)].join('\n   ')}>/${escaped(path)}</path>\n`;
}

/** @param {import('./svn-history.mjs').Revision} revision */
function entryElement({ revision, author, date, message, changes }) {
  const paths = changes.map((change) => pathElement(change, revision)).join('');
  return (
    `<logentry\n   revision="${revision}">\n<author>${author}</author>\n<date>${date}</date>\n` +
    `<paths>\n${paths}</paths>\n<msg>${escaped(message)}</msg>\n</logentry>\n`
  );
}

/** @param {number} bytes */
function* pieces(bytes) {
  const history = new SvnHistory();
  let text = '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n';
  for (let written = 0; written < bytes; ) {
    while (text.length < blockChars) text += entryElement(history.next());
    written += Buffer.byteLength(text);
    yield text;
    text = '';
  }
  yield '</log>\n';
}

/**
 * Writes what `svn log --xml -v` tells of the beginning of {@link SvnHistory}: at least so many bytes.
 *
 * @param {string} path file to write
 * @param {number} bytes
 */
export const writeSvnLogXml = (path, bytes) => pipeline(Readable.from(pieces(bytes)), createWriteStream(path));
