import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Glob } from './glob.ts';

/** What an expansion is told on its way. */
export interface GlobVisitor {
  /** A path that the glob stands for: one that is there, or the path that it literally names. */
  found(file: string): void;
  /** A folder in which a path could come or go. */
  looksInto(folder: string): void;
  /** A folder that cannot be listed. */
  failed(folder: string, error: NodeJS.ErrnoException): void;
}

/** Finds the paths of a glob, sorted by name within each folder. Symbolic links are followed. */
export function globFiles(glob: Glob, visitor: GlobVisitor): void {
  walk(glob.segments, 0, '/', glob.isLiteral, visitor);
}

function walk(segments: Glob['segments'], depth: number, folder: string, isSure: boolean, visitor: GlobVisitor): void {
  const segment = segments[depth] ?? '';
  const isLast = depth === segments.length - 1;
  if (isLast || typeof segment !== 'string') visitor.looksInto(folder);
  for (const name of typeof segment === 'string' ? [segment] : namesIn(folder, visitor).filter(segment)) {
    const next = path.join(folder, name);
    if (!isLast) walk(segments, depth + 1, next, isSure, visitor);
    else if (isSure || typeof segment !== 'string' || isThere(next)) visitor.found(next);
  }
}

function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // What may be there but cannot be looked at is reported when it is opened.
    return !isAbsence(error);
  }
}

const isAbsence = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

function namesIn(folder: string, visitor: GlobVisitor): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (!isAbsence(error)) visitor.failed(folder, error as NodeJS.ErrnoException);
    return [];
  }
}
