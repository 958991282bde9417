import { fstatSync, readdirSync } from 'node:fs';
import type { Reports } from '../reports.ts';
import { directoryFaultOf, isAbsence } from './fault-of.ts';
import { forPeople } from './file-path.ts';
import type { MailFolder } from './mail-folder.ts';
import { uniqueOf } from './mail-name.ts';
import { withDirectory } from './open-directory.ts';

/** Where in a folder a mail is. */
export interface MailPlace {
  readonly directory: 'cur' | 'new';
  /** As bytes. */
  readonly name: string;
  /** The part of the name that does not change. */
  readonly unique: string;
  /** Whether the directory calls it a file. What is there when it is opened may be something else. */
  readonly isFile: boolean;
}

/** What a folder held. */
export interface Listing {
  /** By the part of the name that does not change; those of `new` first, each in the order of their names. */
  readonly mails: ReadonlyMap<string, MailPlace>;
  /** Times of change of `new` and `cur`; the same stamp means the same names, save for changes of the last moment. */
  readonly stamp: string;
  /**
   * Whether nothing changed meanwhile. Else a mail may be missing: the system may leave out of a listing an entry that
   * is renamed while it lists (POSIX, readdir).
   */
  readonly isExact: boolean;
}

/** A time of change that is older than this cannot hide a further change: the coarsest file systems count 2 seconds. */
const grainNs = 2_000_000_000n;
const nowNs = (): bigint => BigInt(Date.now()) * 1_000_000n;
const changedNs = (fd: number): bigint => fstatSync(fd, { bigint: true }).mtimeNs;

interface Half {
  readonly names: readonly string[];
  /** Names of what is no file, or perhaps none. */
  readonly others: ReadonlySet<string>;
  readonly stamp: string;
  readonly isExact: boolean;
}

const absent: Half = { names: [], others: new Set(), stamp: 'absent', isExact: true };

/** What is in a directory, in the order of names. */
function namesIn(path: string): Pick<Half, 'names' | 'others'> {
  try {
    const entries = readdirSync(path, { encoding: 'latin1', withFileTypes: true });
    const others = entries.filter((entry) => !entry.isFile());
    return { names: entries.map(({ name }) => name).sort(), others: new Set(others.map(({ name }) => name)) };
  } catch {
    // Where the file system does not tell types, Node.js looks at each entry, and fails when one was renamed since.
    const names = readdirSync(path, 'latin1').sort();
    return { names, others: new Set(names) };
  }
}

function listHalf(root: string, folder: MailFolder, directory: 'cur' | 'new', reports: Reports): Half {
  const directories = [...folder.directories, directory];
  try {
    return withDirectory(root, directories, ({ fd, prefix }) => {
      const before = changedNs(fd);
      const { names, others } = namesIn(prefix);
      return { names, others, stamp: String(before), isExact: changedNs(fd) === before && nowNs() - before > grainNs };
    });
  } catch (error) {
    if (isAbsence(error)) return absent;
    const path = [root, ...directories].join('/');
    const { code, reason } = directoryFaultOf(error, path);
    reports.flawOnce(code, reason, forPeople(path));
    return absent;
  }
}

/**
 * Lists a folder's mails. `new` comes first: a mail that is moved to `cur` meanwhile is then found twice, and not never.
 * Names that begin with a dot are none of a Maildir's.
 */
export function listFolder(root: string, folder: MailFolder, reports: Reports): Listing {
  reports.add('listings', 1);
  const mails = new Map<string, MailPlace>();
  const halves = (['new', 'cur'] as const).map((directory) => {
    const half = listHalf(root, folder, directory, reports);
    for (const name of half.names) {
      const unique = uniqueOf(name);
      if (!name.startsWith('.')) mails.set(unique, { directory, name, unique, isFile: !half.others.has(name) });
    }
    return half;
  });
  return {
    mails,
    stamp: halves.map(({ stamp }) => stamp).join('/'),
    isExact: halves.every(({ isExact }) => isExact),
  };
}

/** The stamp that a listing would have now. */
export function stampOf(root: string, folder: MailFolder): string {
  const stamps = (['new', 'cur'] as const).map((directory) => {
    try {
      return String(withDirectory(root, [...folder.directories, directory], ({ fd }) => changedNs(fd)));
    } catch {
      return absent.stamp;
    }
  });
  return stamps.join('/');
}
