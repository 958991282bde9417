import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Database, open, type RootDatabase, type RootDatabaseOptions } from 'lmdb';
import { BanPolicyError } from '../ban-policy-error.ts';
import { checkFile } from './file-check.ts';
import { readThrough } from './read-through.ts';
import { tableNames } from './records.ts';
import type { TextDatabase } from './table.ts';

const kind = 'sluice-ban-state';
const version = 1;
const dataFile = 'data.mdb';
const lockFile = 'lock.mdb';
/** Says what the data is, under the same name as a key. */
const aboutTable = 'about';
const epochKey = 'epoch';
/** LMDB's MDB_PAGE_NOTFOUND, MDB_CORRUPTED, MDB_PANIC and MDB_INVALID. */
const damageCodes = new Set<unknown>([-30_797, -30_796, -30_795, -30_793]);

const settings: RootDatabaseOptions & { readonly permissionsMode: number } = {
  noSubdir: false,
  encoding: 'string',
  permissionsMode: 0o600,
  maxDbs: 16,
  // A commit is to resolve when it is on the disk, and to hold what `batch` says, not what an event loop's turn held.
  overlappingSync: false,
  eventTurnBatching: false,
};

/** An open LMDB environment of one file, for this process alone. */
export class Environment {
  readonly #root: RootDatabase<string>;
  /** Its `epoch` says by its version which transaction may come next. */
  readonly #control: Database<string, string>;
  #epoch = 1;

  private constructor(root: RootDatabase<string>) {
    this.#root = root;
    this.#control = root.openDB<string, string>('control', { encoding: 'string', useVersions: true });
  }

  /**
   * Opens the environment, or makes it. What cannot be read is moved aside.
   *
   * @param isSuspect read it through before: it was not closed by the process that had it
   * @param onMovedAside told of a file that could not be read and where it is now
   * @throws BanPolicyError `ERR_BAN_POLICY_STORE_VERSION` for state of a newer version; other faults as they come
   */
  static open(folder: string, isSuspect: boolean, onMovedAside: (reason: string, to: string) => void): Environment {
    const file = path.join(folder, dataFile);
    const state = checkFile(file);
    if (state.kind === 'foreign') throw foreignFormat(file, state.version);
    const mayBeWrong = state.kind === 'short' || (state.kind === 'sound' && isSuspect);
    const reason = state.kind === 'damaged' ? state.reason : mayBeWrong ? readThrough(folder, tableNames) : undefined;
    if (reason !== undefined) onMovedAside(reason, moveAside(folder));
    try {
      return Environment.#openFile(folder);
    } catch (error) {
      const { code, message } = Object(error) as { readonly code?: unknown; readonly message: string };
      if (!damageCodes.has(code)) throw error;
      onMovedAside(message, moveAside(folder));
      return Environment.#openFile(folder);
    }
  }

  static #openFile(folder: string): Environment {
    const root = open<string>(folder, settings);
    try {
      const environment = new Environment(root);
      environment.#begin(folder);
      return environment;
    } catch (error) {
      void root.close();
      throw error;
    }
  }

  table(name: string): TextDatabase {
    // lmdb's type of a key leaves out arrays that nobody changes.
    return this.#texts(name) as unknown as TextDatabase;
  }

  /** Writes in one transaction, off this thread. Resolves when it is on the disk, or when a later one has overtaken it. */
  async commit(write: () => void): Promise<void> {
    try {
      await this.#control.ifVersion(epochKey, this.#epoch, write);
    } catch (error) {
      throw await causeOf(error);
    }
  }

  /** The same before it returns; transactions under way that were begun earlier then write nothing. */
  commitSync(write: () => void): void {
    const next = this.#epoch + 1;
    this.#root.transactionSync(() => {
      write();
      void this.#control.put(epochKey, '', next);
    });
    this.#epoch = next;
  }

  async close(): Promise<void> {
    await this.#root.close();
  }

  #texts(name: string): Database<string> {
    return this.#root.openDB<string>(name, { encoding: 'string' });
  }

  #begin(folder: string): void {
    const table = this.#texts(aboutTable);
    const about = table.get(aboutTable);
    if (about === undefined) table.putSync(aboutTable, JSON.stringify({ kind, version }));
    else checkAbout(about, folder);
    const entry = this.#control.getEntry(epochKey);
    if (entry === undefined) this.#control.putSync(epochKey, '', this.#epoch);
    else this.#epoch = entry.version ?? this.#epoch;
  }
}

/** What LMDB said: its promise of a commit says only that it failed. */
async function causeOf(error: unknown): Promise<unknown> {
  const { commitError } = Object(error) as { commitError?: Promise<unknown> };
  return commitError === undefined ? error : commitError.catch((cause: unknown) => cause);
}

function checkAbout(about: string, file: string): void {
  const known = JSON.stringify({ kind, version });
  if (about === known) return;
  throw new BanPolicyError('ERR_BAN_POLICY_STORE_VERSION', `the state is ${about}, known is ${known}`, {
    file,
    value: about,
    cure: 'use the version of this program that wrote it, or move the folder away to begin anew',
  });
}

const foreignFormat = (file: string, value: number): BanPolicyError =>
  new BanPolicyError('ERR_BAN_POLICY_STORE_VERSION', `the file has version ${value} of LMDB's format`, {
    file,
    value,
    cure: 'use the version of lmdb that wrote it, or move the folder away to begin anew',
  });

/** @returns where the file is now */
function moveAside(folder: string): string {
  const file = path.join(folder, dataFile);
  const to = `${file}.corrupt-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`;
  renameSync(file, to);
  rmSync(path.join(folder, lockFile), { force: true });
  return to;
}

/** Makes the folder, for its owner only; one that is there keeps its rights. */
export function makeFolder(folder: string): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
}
