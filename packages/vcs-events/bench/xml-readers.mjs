// Readers of `svn log --xml -v`, ours and others. All add up the same: revisions, paths, and characters of authors and
// messages, so that none can leave out work.
import { buffer } from 'node:stream/consumers';

/** @typedef {{ revisions: number, paths: number, chars: number }} Sums */
/** @typedef {(chunks: import('node:stream').Readable) => Promise<Sums>} Reader */

const parserOptions = {
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (/** @type {string} */ name) => name === 'path',
};
const entryEnd = '</logentry>';

/** @returns {Sums} */
const nothing = () => ({ revisions: 0, paths: 0, chars: 0 });

/**
 * @param {Sums} sums
 * @param {any} entry what fast-xml-parser makes of one
 */
function add(sums, entry) {
  sums.revisions += 1;
  sums.paths += entry.paths?.path.length ?? 0;
  sums.chars += (entry.author?.length ?? 0) + (entry.msg?.length ?? 0);
}

/** @param {'scanner' | 'fast-xml-parser'} parser */
async function ours(parser) {
  const { svnLogEntries } = await import('@sluice/vcs-events');
  return async (/** @type {import('node:stream').Readable} */ chunks) => {
    const sums = nothing();
    for await (const entries of svnLogEntries(chunks, { parser })) {
      for (const { author, message, paths } of entries) {
        sums.revisions += 1;
        sums.paths += paths?.length ?? 0;
        sums.chars += (author?.length ?? 0) + (message?.length ?? 0);
      }
    }
    return sums;
  };
}

/** @type {Readonly<Record<string, () => Promise<Reader>>>} */
export const readers = {
  scanner: () => ours('scanner'),
  fallback: () => ours('fast-xml-parser'),

  'fast-xml-parser, whole document': async () => {
    const { XMLParser } = await import('fast-xml-parser');
    return async (chunks) => {
      const sums = nothing();
      const document = new XMLParser(parserOptions).parse((await buffer(chunks)).toString());
      for (const entry of document.log.logentry) add(sums, entry);
      return sums;
    };
  },

  'fast-xml-parser, entry by entry': async () => {
    const { XMLParser } = await import('fast-xml-parser');
    return async (chunks) => {
      const sums = nothing();
      const parser = new XMLParser(parserOptions);
      let text = '';
      for await (const chunk of chunks.setEncoding('utf8')) {
        text += chunk;
        let at = 0;
        for (let end = text.indexOf(entryEnd); end >= 0; end = text.indexOf(entryEnd, at)) {
          const next = end + entryEnd.length;
          add(sums, parser.parse(text.slice(text.indexOf('<logentry', at), next)).logentry);
          at = next;
        }
        text = text.slice(at);
      }
      return sums;
    };
  },

  saxes: async () => {
    const { SaxesParser } = await import('saxes');
    return async (chunks) => {
      const sums = nothing();
      const parser = new SaxesParser();
      let text = '';
      parser.on('text', (part) => {
        text += part;
      });
      parser.on('opentag', () => {
        text = '';
      });
      parser.on('closetag', ({ name }) => {
        if (name === 'logentry') sums.revisions += 1;
        else if (name === 'path') sums.paths += 1;
        else if (name === 'author' || name === 'msg') sums.chars += text.length;
      });
      for await (const chunk of chunks.setEncoding('utf8')) parser.write(chunk);
      parser.close();
      return sums;
    };
  },
};
