import type { ConfigReader } from '../tree/config-reader.ts';
import { pythonRepr } from './python-repr.ts';

const HEAD = /^([^[]+)(?:\[(.*)\])?\s*$/s;
const NAME = /\s*([\w.\u0080-\uffff-]+(?:\?\w+=[\w.-]+)?)=/y;
const VALUE = /"[^"]*"|'[^']*'|[^,\]]*/y;
const NEXT = /,|\]\s*\[|$/y;
const END = /,?\s*$/y;
const SHOWN_CHARS = 25;

function lengthAt(regex: RegExp, text: string, at: number): number | undefined {
  regex.lastIndex = at;
  return regex.exec(text)?.[0].length;
}

/** What fail2ban says of an option list that it cannot read; `undefined` for one that it can. */
function faultOfSyntax(text: string): string | undefined {
  const head = HEAD.exec(text);
  if (head === null) return 'unexpected option syntax';
  const list = head[2] ?? '';
  let at = 0;
  while (at < list.length && lengthAt(END, list, at) === undefined) {
    const name = lengthAt(NAME, list, at);
    if (name === undefined) return `expected option, wrong syntax at ${at}: ${list.slice(at, at + SHOWN_CHARS)}`;
    const option = list.slice(at, at + name - 1).trim();
    at += name;
    at += lengthAt(VALUE, list, at) ?? 0;
    const next = lengthAt(NEXT, list, at);
    if (next === undefined)
      return `unexpected syntax at ${at} after option ${pythonRepr(option)}: ${list.slice(at, at + SHOWN_CHARS)}`;
    at += next;
  }
  return undefined;
}

/**
 * What fail2ban says of the filter or action that a jail names: scripts look for these words in `fail2ban-client -d`.
 * @returns `undefined` where it says nothing
 */
export function faultOfList(reader: ConfigReader, kind: 'filter' | 'action', spec: string): string | undefined {
  const syntax = faultOfSyntax(spec);
  if (syntax !== undefined) return `Invalid ${kind} definition ${pythonRepr(spec)}: ${syntax}`;
  const name = HEAD.exec(spec)?.[1]?.trim() ?? '';
  if (name.endsWith('.py') || reader.tree(`${kind}.d/${name}`) !== undefined) return undefined;
  return `Unable to read ${kind === 'filter' ? 'the filter' : kind} ${pythonRepr(name)}`;
}
