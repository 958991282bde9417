import path from 'node:path';
import { keyOf, type Setting, type Settings, ValueFault } from '@sluice/command-line';
import type { ConfigReader, Entry } from './config-reader.ts';
import { expandPath } from './expand-path.ts';

/** The keys of settings, as a file has them. */
export const keysOf = (settings: object): string[] => Object.keys(settings).map(keyOf);

function readText(reader: ConfigReader, key: string, setting: Setting, text: string, line: number): unknown {
  if (setting.isPath === true && text !== '-') return expandPath(text, path.dirname(reader.file));
  if (setting.read === undefined) return text;
  try {
    return setting.read(text);
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error;
    reader.fault(line, `${key} ${error.message}`, 'see the README for the keys and their values');
    return undefined;
  }
}

function readEntry(reader: ConfigReader, { key, line, value }: Entry, setting: Setting): unknown {
  if (setting.value === undefined) return reader.flag(value, key, line);
  const nodes = setting.isList === true ? reader.items(value) : [value];
  const values = nodes.flatMap((node) => {
    const text = reader.text(node, key, line);
    return text === undefined ? [] : [readText(reader, key, setting, text, reader.lineOf(node, line))];
  });
  return setting.isList === true ? values : values[0];
}

/** The settings among the entries of a map; the reader gets the faults. */
export function readSettings<T>(reader: ConfigReader, entries: readonly Entry[], settings: Settings<T>): Partial<T> {
  const byKey = new Map((Object.entries(settings) as [string, Setting][]).map((pair) => [keyOf(pair[0]), pair]));
  const found = entries.flatMap((entry) => {
    const [name, setting] = byKey.get(entry.key) ?? [];
    const value = setting === undefined ? undefined : readEntry(reader, entry, setting);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found) as Partial<T>;
}
