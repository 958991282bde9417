// The dump format of Subversion, version 2: https://svn.apache.org/repos/asf/subversion/trunk/notes/dump-load-format.txt
import { SvnHistory } from './svn-history.mjs';

const blockChars = 1 << 18;
const actions = { A: 'add', M: 'change', D: 'delete' };
const noProperties = 'PROPS-END\n';

/** @param {Readonly<Record<string, string>>} properties */
function propertyBlock(properties) {
  const items = Object.entries(properties).map(
    ([key, value]) => `K ${Buffer.byteLength(key)}\n${key}\nV ${Buffer.byteLength(value)}\n${value}\n`,
  );
  return `${items.join('')}${noProperties}`;
}

/**
 * @param {import('./svn-history.mjs').Change} change
 * @param {number} revision
 */
function nodeRecord({ action, kind, path, from }, revision) {
  const head = [
    `Node-path: ${path}`,
    ...(action === 'D' ? [] : [`Node-kind: ${kind}`]),
    `Node-action: ${actions[action]}`,
  ];
  if (action === 'D') return `${head.join('\n')}\n\n\n`;
  if (from !== undefined) head.push(`Node-copyfrom-rev: ${from.revision}`, `Node-copyfrom-path: ${from.path}`);
  // Properties are told of only when they are set: a copy and a change keep theirs.
  const properties = action === 'A' && from === undefined ? noProperties : '';
  const text = kind === 'file' ? `r${revision}\n` : '';
  if (properties !== '') head.push(`Prop-content-length: ${properties.length}`);
  if (text !== '') head.push(`Text-content-length: ${text.length}`);
  if (properties !== '' || text !== '') head.push(`Content-length: ${properties.length + text.length}`);
  return `${head.join('\n')}\n\n${properties}${text}\n\n`;
}

/** @param {import('./svn-history.mjs').Revision} revision */
function revisionRecord({ revision, author, date, message, changes }) {
  const properties = propertyBlock({ 'svn:author': author, 'svn:date': date, 'svn:log': message });
  const bytes = Buffer.byteLength(properties);
  const head = `Revision-number: ${revision}\nProp-content-length: ${bytes}\nContent-length: ${bytes}\n\n${properties}\n`;
  return head + changes.map((change) => nodeRecord(change, revision)).join('');
}

/**
 * A dump of the first revisions of {@link SvnHistory}, in pieces.
 *
 * @param {number} revisions
 */
export function* svnDump(revisions) {
  const history = new SvnHistory();
  let text = 'SVN-fs-dump-format-version: 2\n\nUUID: 6f1d0a52-4c7e-4a0b-9d53-2b8a7c1e90f4\n\n';
  for (let count = 0; count < revisions; count += 1) {
    text += revisionRecord(history.next());
    if (text.length < blockChars) continue;
    yield text;
    text = '';
  }
  yield text;
}
