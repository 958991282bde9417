/** A change of one path in a dump. */
export interface DumpNode {
  readonly path: string;
  readonly action: 'add' | 'change' | 'delete' | 'replace';
  readonly kind?: 'file' | 'dir';
  readonly from?: { readonly path: string; readonly revision: number };
}

/** A revision in a dump; what is undefined is missing. Texts are UTF-8 where they are not bytes. */
export interface DumpRevision {
  readonly author?: string | Buffer;
  readonly date?: string;
  readonly message?: string | Buffer;
  readonly nodes?: readonly DumpNode[];
}

/** Revisions from 1 on in Subversion's dump format, version 2. */
export const svnDump = (revisions: readonly DumpRevision[], uuid: string): Buffer =>
  Buffer.concat([
    Buffer.from(`SVN-fs-dump-format-version: 2\n\nUUID: ${uuid}\n\n`),
    ...revisions.map((revision, index) => revisionRecord(revision, index + 1)),
  ]);

function revisionRecord({ author, date, message, nodes = [] }: DumpRevision, number: number): Buffer {
  const properties = Buffer.concat([
    property('svn:author', author),
    property('svn:date', date),
    property('svn:log', message),
    Buffer.from('PROPS-END\n'),
  ]);
  const { length } = properties;
  const head = `Revision-number: ${number}\nProp-content-length: ${length}\nContent-length: ${length}\n\n`;
  return Buffer.concat([
    Buffer.from(head),
    properties,
    Buffer.from('\n'),
    ...nodes.map((node) => nodeRecord(node, number)),
  ]);
}

function property(name: string, value: string | Buffer | undefined): Buffer {
  if (value === undefined) return Buffer.alloc(0);
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from(`K ${name.length}\n${name}\nV ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function nodeRecord({ path, action, kind = 'file', from }: DumpNode, number: number): Buffer {
  const text = kind === 'file' && action !== 'delete' && from === undefined ? `r${number}\n` : '';
  const lines = [
    `Node-path: ${path}`,
    ...(action === 'delete' ? [] : [`Node-kind: ${kind}`]),
    `Node-action: ${action}`,
    ...(from === undefined ? [] : [`Node-copyfrom-rev: ${from.revision}`, `Node-copyfrom-path: ${from.path}`]),
    ...(text === '' ? [] : [`Text-content-length: ${text.length}`, `Content-length: ${text.length}`]),
  ];
  return Buffer.from(`${lines.join('\n')}\n\n${text}\n\n`);
}
