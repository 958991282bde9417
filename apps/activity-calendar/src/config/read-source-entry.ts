import path from 'node:path';
import { keyOf } from '@sluice/command-line';
import type { Node } from 'yaml';
import { type SourceKind, sourceKinds } from '../settings/source-kind.ts';
import { type SourceSettings, settingsOfKind, sourceSettings } from '../settings/source-settings.ts';
import type { ConfigReader } from './config-reader.ts';
import { expandPath, isAddress } from './expand-path.ts';
import { keysOf, readSettings } from './read-settings.ts';
import type { SourceSpec } from './source-spec.ts';

const kindKeys = sourceKinds.map((kind) => `${kind}:`).join(', ');
const allKeys = [...sourceKinds, ...keysOf(sourceSettings)];

/** What of the settings for all sources a source of a kind has, and its own. */
function settingsFor(kind: SourceKind, shared: SourceSettings, own: SourceSettings): SourceSettings {
  const has = (name: string): boolean => settingsOfKind[kind].includes(name as keyof SourceSettings);
  return { ...Object.fromEntries(Object.entries(shared).filter(([name]) => has(name))), ...own };
}

/**
 * The sources of one entry of `sources`: `git: PATH`, or several paths of one kind, with settings.
 *
 * @param shared what the file sets for all sources
 */
export function readSourceEntry(
  reader: ConfigReader,
  node: Node | null,
  line: number,
  shared: SourceSettings,
): SourceSpec[] {
  const entries = reader.entries(node, 'a source', line, allKeys);
  if (entries === undefined) return [];
  const kinds = entries.filter(({ key }) => (sourceKinds as readonly string[]).includes(key));
  const [kindEntry] = kinds;
  if (kindEntry === undefined || kinds.length > 1) {
    const fault = kindEntry === undefined ? 'a source without its kind' : 'a source of two kinds';
    reader.fault(kinds[1]?.line ?? line, fault, `write one of ${kindKeys} with where it is, below a "-" of its own`);
    return [];
  }
  const kind = kindEntry.key as SourceKind;
  const foreign = Object.keys(sourceSettings).filter(
    (name) => !settingsOfKind[kind].includes(name as keyof SourceSettings),
  );
  for (const { key, line: at } of entries.filter((entry) => foreign.map(keyOf).includes(entry.key))) {
    reader.fault(at, `a source of kind ${kind} has no ${key}`, 'remove the line');
  }
  const settings = settingsFor(kind, shared, readSettings(reader, entries, sourceSettings));
  return reader.items(kindEntry.value).flatMap((item) => {
    const at = reader.lineOf(item, kindEntry.line);
    const text = reader.text(item, kind, kindEntry.line);
    if (text === undefined) return [];
    const isPath = text !== '-' && !((kind === 'git' || kind === 'svn') && isAddress(text));
    const location = isPath ? expandPath(text, path.dirname(reader.file)) : text;
    return [{ ...settings, kind, location, place: { file: reader.file, line: at } }];
  });
}
