import { SaxesParser } from 'saxes';
import type { SvnLogEntry, SvnLogPath } from '../svn/log-entry.ts';

type Draft = { -readonly [Name in keyof SvnLogEntry]: SvnLogEntry[Name] };

/** The entries of a log as an XML parser of others reads them: what ours are compared with. Throws for bad XML. */
export function saxesEntries(xml: string): SvnLogEntry[] {
  const parser = new SaxesParser();
  const whole: SvnLogEntry[] = [];
  const open: Draft[] = [];
  let text = '';
  let attributes: Record<string, string> = {};
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('cdata', (part) => {
    text += part;
  });
  parser.on('opentag', (tag) => {
    text = '';
    if (tag.name === 'logentry') open.push(draft(Number(tag.attributes['revision'])));
    else attributes = tag.attributes as Record<string, string>;
    const top = open.at(-1);
    if (tag.name === 'paths' && top !== undefined) top.paths ??= [];
  });
  parser.on('closetag', ({ name }) => {
    const top = open.at(-1);
    if (top === undefined) return;
    if (name === 'author') top.author = text;
    else if (name === 'date') top.date = text;
    else if (name === 'msg') top.message = text;
    else if (name === 'path') top.paths = [...(top.paths ?? []), pathOf(text, attributes)];
    else if (name === 'logentry') {
      open.pop();
      const parent = open.at(-1);
      if (parent === undefined) whole.push(top);
      else parent.merged = [...(parent.merged ?? []), top];
    }
  });
  parser.write(xml).close();
  return whole;
}

const draft = (revision: number): Draft => ({
  revision,
  author: undefined,
  date: undefined,
  message: undefined,
  paths: undefined,
  merged: undefined,
  isDamaged: false,
});

function pathOf(path: string, attributes: Readonly<Record<string, string>>): SvnLogPath {
  const { action = '', kind = '' } = attributes;
  const copyFromPath = attributes['copyfrom-path'];
  const copyFromRevision = attributes['copyfrom-rev'];
  return copyFromPath === undefined || copyFromRevision === undefined
    ? { path, action, kind }
    : { path, action, kind, copyFromPath, copyFromRevision };
}
