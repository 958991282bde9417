import { accessSync, constants } from 'node:fs';
import { reasonOf } from '@sluice/command-line';
import { type EximSettings, mainlogPath } from '@sluice/exim-queue/batches';
import type { Check } from './check.ts';

/** Whether the main log can tell `watch` who did what, and why. */
export function logCheck(settings: EximSettings | undefined): Check | undefined {
  const what = 'mainlog';
  if (settings === undefined) return undefined;
  const file = mainlogPath(settings);
  if (file === undefined) {
    const text = 'Exim logs to syslog only; eximq watch cannot tell who removed a message, and why';
    return { level: 'warn', what, text, cure: 'add a file to log_file_path' };
  }
  // A date in the name: which of the files there are is found out by who follows them.
  if (/[*?[]/.test(file)) return { level: 'ok', what, text: file };
  try {
    accessSync(file, constants.R_OK);
    return { level: 'ok', what, text: file };
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const cure = isAbsent ? 'it comes with the first message' : 'join the group that may read it: adm on Debian';
    return { level: 'warn', what, text: `${file}: ${reasonOf(error)}`, cure };
  }
}
