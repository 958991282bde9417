import { DEFAULT_SECTION, type IniFault, type IniFile } from '../ini/ini-file.ts';
import type { Value } from '../values/value.ts';
import type { ConfigTree, TreeSection } from './config-tree.ts';

const CONDITIONAL = /^(\w+)(\?.+)$/;

/** The section that a header adds to, and the condition under which its options hold. */
function splitHeader(header: string): readonly [base: string, condition: string] {
  const [, base = header, condition = ''] = CONDITIONAL.exec(header) ?? [];
  return [base, condition];
}

interface MergedSection extends TreeSection {
  readonly options: Map<string, Value>;
  readonly known: Map<string, Value>;
}

/**
 * Lays files over each other, the last one on top.
 * @param faults those that lie in no file
 */
export function mergeFiles(name: string, files: readonly IniFile[], faults: readonly IniFault[] = []): ConfigTree {
  const defaults = new Map<string, Value>();
  const sections = new Map<string, MergedSection>();
  for (const file of files) {
    for (const [header, { place, options }] of file.sections) {
      if (header === DEFAULT_SECTION) {
        for (const [option, value] of options) defaults.set(option, value);
        continue;
      }
      const [base, condition] = splitHeader(header);
      const before = sections.get(base);
      const merged = {
        place,
        options: before?.options ?? new Map(),
        known: before?.known ?? new Map(),
        isRepeated: before !== undefined,
      };
      sections.set(base, merged);
      for (const [option, value] of options) {
        const key = `${option}${condition}`;
        const overridden = merged.options.get(key);
        if (overridden !== undefined) merged.known.set(key, overridden);
        merged.options.set(key, value);
      }
    }
  }
  // A file that is included twice has its faults but once.
  const own = [...new Set(files)].flatMap((file) => file.faults);
  const all = [...faults, ...own].map(({ error, section }) => ({
    error,
    section: section === undefined ? undefined : splitHeader(section)[0],
  }));
  return { name, files: files.map((file) => file.path), defaults, sections, faults: all };
}
