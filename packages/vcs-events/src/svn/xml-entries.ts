import type { Latin1Texts } from './latin1-texts.ts';
import type { SvnLogEntry, SvnLogPath } from './log-entry.ts';
import { formatError } from './log-error.ts';

/** What fast-xml-parser makes of an element that has attributes or elements; of others it makes a text. */
type Element = Readonly<Record<string, unknown>>;

const names: ReadonlySet<string> = new Set(['@revision', 'author', 'date', 'paths', 'msg', 'revprops', 'logentry']);

/** The entries in what fast-xml-parser made of `<logentry>` elements. */
export function entriesOf(parent: unknown, texts: Latin1Texts): SvnLogEntry[] {
  const nodes = isElement(parent) ? parent['logentry'] : undefined;
  return Array.isArray(nodes) ? nodes.map((node) => entryOf(node, texts)) : [];
}

function entryOf(node: unknown, texts: Latin1Texts): SvnLogEntry {
  if (!isElement(node)) throw formatError('<logentry> has no revision number', String(node));
  checkNames(node);
  const revision = String(node['@revision']);
  if (!/^\d{1,15}$/.test(revision)) throw formatError('<logentry> has no revision number', revision);
  const merged = entriesOf(node, texts);
  texts.isDamaged = false;
  const author = textOf(node, 'author', texts);
  const date = textOf(node, 'date', texts);
  const message = textOf(node, 'msg', texts);
  const paths = node['paths'] === undefined ? undefined : pathsOf(node['paths'], texts);
  const { isDamaged } = texts;
  return {
    revision: Number(revision),
    author,
    date,
    message,
    paths,
    merged: merged.length === 0 ? undefined : merged,
    isDamaged,
  };
}

function checkNames(node: Element): void {
  for (const [name, value] of Object.entries(node)) {
    if (names.has(name) || name.startsWith('@')) continue;
    if (name !== '#text') throw formatError(`<${name.slice(0, 50)}> is nothing that svn log writes`, name);
    if (typeof value !== 'string' || value.trim() !== '')
      throw formatError('there is text between elements', String(value));
  }
}

/** Text of a child that holds nothing else. */
function textOf(node: Element, name: string, texts: Latin1Texts): string | undefined {
  const child = node[name];
  return child === undefined ? undefined : texts.read(plainText(child, name));
}

function plainText(node: unknown, name: string): string {
  if (typeof node === 'string') return node;
  const isText = isElement(node) && Object.keys(node).every((key) => key === '#text' || key.startsWith('@'));
  if (!isText) throw formatError(`there is markup inside <${name}>`, name);
  return String(node['#text'] ?? '');
}

function pathsOf(node: unknown, texts: Latin1Texts): readonly SvnLogPath[] {
  const paths = isElement(node) ? node['path'] : undefined;
  return Array.isArray(paths) ? paths.map((path) => pathOf(path, texts)) : [];
}

function pathOf(node: unknown, texts: Latin1Texts): SvnLogPath {
  const path = texts.read(plainText(node, 'path'));
  const attribute = (name: string): string | undefined => {
    const value = isElement(node) ? node[`@${name}`] : undefined;
    return value === undefined ? undefined : texts.read(String(value));
  };
  const copyFromPath = attribute('copyfrom-path');
  const copyFromRevision = attribute('copyfrom-rev');
  const tag = { path, action: attribute('action') ?? '', kind: attribute('kind') ?? '' };
  return copyFromPath === undefined || copyFromRevision === undefined
    ? tag
    : { ...tag, copyFromPath, copyFromRevision };
}

const isElement = (node: unknown): node is Element => typeof node === 'object' && node !== null && !Array.isArray(node);
