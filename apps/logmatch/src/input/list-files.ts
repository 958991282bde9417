import { type Dirent, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '@sluice/command-line';
import type { Messages } from '../messages.ts';

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;

function* filesIn(folder: string, messages: Messages): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort(byName);
  } catch (error) {
    messages.file(folder, reasonOf(error));
    return;
  }
  for (const entry of entries) {
    const file = folder === '.' ? entry.name : path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(file, messages);
    // Neither links, which may lead anywhere, nor pipes and devices, which may never end.
    else if (entry.isFile()) yield file;
  }
}

/**
 * The inputs that paths stand for, in their order.
 *
 * With `recursive`, a folder stands for the regular files below it, by name; links are followed only where they are
 * given themselves, as `grep -r` does. A folder that cannot be read is reported.
 */
export function* listFiles(paths: readonly string[], recursive: boolean, messages: Messages): Generator<string> {
  if (paths.length === 0 && !recursive) yield '-';
  for (const given of paths.length === 0 ? ['.'] : paths) {
    if (recursive && given !== '-' && isFolder(given)) yield* filesIn(given, messages);
    else if (paths.length > 0) yield given;
  }
}
