import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import type { IniFault, IniFile } from '../ini/ini-file.ts';
import { Interpolator } from '../values/interpolator.ts';
import type { Line } from '../values/value.ts';
import { mergeFiles } from './merge-files.ts';

const INCLUDES = 'INCLUDES';

export interface Includes {
  /** As written, with their places. */
  readonly before: readonly Line[];
  readonly after: readonly Line[];
  readonly faults: readonly IniFault[];
}

const NONE: Includes = { before: [], after: [], faults: [] };

/** What a file's `[INCLUDES]` names. Only the file itself can define what these names refer to. */
export function includesOf(file: IniFile): Includes {
  if (!file.sections.has(INCLUDES)) return NONE;
  const interpolator = new Interpolator(mergeFiles(file.path, [file]), INCLUDES);
  const faults: IniFault[] = [];
  const read = (option: string): readonly Line[] => {
    try {
      return (interpolator.get(option) ?? []).filter((line) => line.text !== '');
    } catch (error) {
      if (!(error instanceof Fail2banConfigError)) throw error;
      faults.push({ error, section: undefined });
      return [];
    }
  };
  return { before: read('before'), after: read('after'), faults };
}
