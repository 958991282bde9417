import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { type FileFacts, factsOfPath } from './file-facts.ts';

/** A file beside a log whose name is the log's with something after it: `access.log.1`, `access.log-20240131.gz`. */
export interface Sibling {
  readonly path: string;
  readonly facts: FileFacts;
  /** Whether the addition is a number or date, as rotation programs write them, disregarding a compressor's suffix. */
  readonly isRotated: boolean;
}

const rotatedSuffix = /^[.-]\d[\d._:TZ-]*(?:\.(?:gz|zst|xz|bz2))?$/;
/** Of one log. Beyond it the folder is not one of rotated logs. */
const maxSiblings = 4096;

/** Whether `file` is named as a sibling of `log`. */
export function isSiblingName(log: string, file: string): boolean {
  return file.length > log.length + 1 && file.startsWith(log) && /^[.-][^/]*$/.test(file.slice(log.length));
}

/**
 * The siblings of a log that are regular files, the youngest first: those beside it and, when it is a symbolic link,
 * those beside what it leads to. None when the folder cannot be listed.
 */
export function siblingsOf(log: string): readonly Sibling[] {
  return [...new Set([log, targetOf(log)])]
    .flatMap(besides)
    .sort((a, b) => b.facts.bornMs - a.facts.bornMs || (a.path < b.path ? -1 : 1));
}

function besides(log: string): Sibling[] {
  const folder = path.dirname(log);
  return namesIn(folder)
    .map((name) => path.join(folder, name))
    .filter((file) => isSiblingName(log, file))
    .slice(0, maxSiblings)
    .flatMap((file) => {
      const facts = factsOrNothing(file);
      if (facts?.kind !== 'file') return [];
      return { path: file, facts, isRotated: rotatedSuffix.test(file.slice(log.length)) };
    });
}

function targetOf(log: string): string {
  try {
    return realpathSync(log);
  } catch {
    return log;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function factsOrNothing(file: string): FileFacts | undefined {
  try {
    return factsOfPath(file);
  } catch {
    return undefined;
  }
}
