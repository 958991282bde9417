import { closeSync } from 'node:fs';
import type { FileState } from '../checkpoint/checkpoint-store.ts';
import { beginAlike } from '../files/content.ts';
import type { OpenFile } from '../files/open-file.ts';
import { type Sibling, siblingsOf } from '../files/siblings.ts';
import { LogSourceError } from '../log-source-error.ts';
import { holdsState } from './file-memory.ts';

/** What the search for a file's relatives needs to know. */
export interface LineageContext {
  /** Opens a log; throws when it is none. */
  open(path: string): OpenFile;
  /** Whether the file with this device and inode is being read. */
  isOpen(key: string): boolean;
  /** A file that should be read cannot be. */
  failed(path: string, error: LogSourceError): void;
}

/** The kernel stamps files with a clock that lags up to a tick, mostly 4 or 10 ms, behind the one that we read. */
const clockLagMs = 20;
/** Rotated files between two looks, or since the last run, that are read. */
const maxUnread = 64;

/**
 * Finds where the bytes of a state are now that its path leads elsewhere or was truncated: the file itself under the
 * name that a rotation gave it, or else a copy of it.
 */
export function findState(state: FileState, context: LineageContext): OpenFile | undefined {
  const siblings = siblingsOf(state.path).filter(({ facts }) => !context.isOpen(facts.key));
  const isSame = ({ facts }: Sibling): boolean => facts.inode === state.inode;
  // An empty file's state has nothing to know a copy by.
  const hasCopies = state.prefix.bytes > 0;
  const candidates = [...siblings.filter(isSame), ...siblings.filter((one) => !isSame(one) && hasCopies)];
  for (const { path } of candidates) {
    const file = tryOpen(path, context, () => {});
    if (file === undefined) continue;
    if (holdsState(file, state)) return file;
    closeSync(file.fd);
  }
  return undefined;
}

/**
 * Opens the rotated files of a log that nobody has read: those made since `sinceMs` that are not copies.
 *
 * @param kin open files of the same log, to know copies by
 * @returns oldest first; the caller closes them
 */
export function openUnread(log: string, sinceMs: number, kin: readonly number[], context: LineageContext): OpenFile[] {
  return siblingsOf(log)
    .filter(({ facts, isRotated }) => isRotated && facts.size > 0 && facts.bornMs > sinceMs - clockLagMs)
    .filter(({ facts }) => !context.isOpen(facts.key))
    .slice(0, maxUnread)
    .reverse()
    .flatMap(({ path }) => {
      const file = tryOpen(path, context, (error) => context.failed(path, error));
      if (file === undefined) return [];
      if (!kin.some((fd) => beginAlike(fd, file.fd))) return [file];
      closeSync(file.fd);
      return [];
    });
}

function tryOpen(
  path: string,
  context: LineageContext,
  onError: (error: LogSourceError) => void,
): OpenFile | undefined {
  try {
    return context.open(path);
  } catch (error) {
    if (!(error instanceof LogSourceError)) throw error;
    // Gone again, or packed meanwhile: then it is what this search comes too late for.
    const isExpected = error.code === 'ERR_LOG_SOURCE_MISSING' || error.code === 'ERR_LOG_SOURCE_COMPRESSED';
    if (!isExpected) onError(error);
    return undefined;
  }
}
