import { statSync } from 'node:fs';
import type { ImportedBan } from '@sluice/ban-policy/lmdb';
import { type ReadBan, readBan, type UnusableRow } from './ban-row.ts';
import { ImportError } from './import-error.ts';
import { type Row, SqliteFile } from './sqlite-file.ts';

const newest = 4;
const columns = 'CAST(timeofban AS REAL) AS time, CAST(data AS BLOB) AS data, jail, ip';
const lengths = 'CAST(bantime AS REAL) AS bantime, CAST(bancount AS REAL) AS bancount';
/** Of versions before 3, which do not know how long a ban was. */
const noLengths = 'NULL AS bantime, NULL AS bancount';

/** A ban of the database, and what it is to become. */
export type FoundBan = ReadBan & Pick<ImportedBan, 'as'>;

/** fail2ban's database, schema versions 1 to 4, read only. */
export class Fail2banDatabase {
  readonly version: number;
  readonly #file: SqliteFile;
  readonly #path: string;
  readonly #lengths: string;
  readonly #hasLast: boolean;

  /** @throws ImportError `ERR_BANWATCH_IMPORT_FILE` with its cure, `ERR_BANWATCH_IMPORT_SQLITE` */
  constructor(path: string) {
    this.#path = path;
    this.#file = reading(path, () => {
      if (!statSync(path).isFile()) throw new Error('it is no file');
      return new SqliteFile(path);
    });
    this.version = reading(path, () => versionOf(this.#file, path));
    const bans = this.#file.columns('bans');
    this.#lengths = bans.has('bantime') ? lengths : noLengths;
    this.#hasLast = this.#file.columns('bips').size > 0;
    if (bans.size === 0 && !this.#hasLast) throw foreign(path, 'it has no table of bans');
  }

  /** The history, then the last ban of each id in each jail. Rows that are no bans are told of. */
  *bans(onUnusable: (row: UnusableRow) => void): Generator<FoundBan> {
    const past = `SELECT ${columns}, ${this.#lengths} FROM bans ORDER BY timeofban`;
    const last = this.#hasLast
      ? `SELECT ${columns}, ${lengths} FROM bips ORDER BY timeofban`
      : // As fail2ban makes that table: of several rows SQLite takes the one with the maximum.
        `SELECT ${columns}, ${this.#lengths}, MAX(timeofban) AS latest FROM bans GROUP BY jail, ip`;
    for (const [as, sql] of [
      ['past', past],
      ['last', last],
    ] as const)
      for (const row of this.#rows(sql)) {
        const read = readBan(row);
        if ('reason' in read) onUnusable(read);
        else yield { ...read, as };
      }
  }

  close(): void {
    this.#file.close();
  }

  *#rows(sql: string): Generator<Row> {
    try {
      yield* this.#file.rows(sql);
    } catch (cause) {
      throw faulty(this.#path, cause);
    }
  }
}

function versionOf(file: SqliteFile, path: string): number {
  if (!file.columns('fail2banDb').has('version')) throw foreign(path, 'it is no database of fail2ban');
  const [row] = file.rows('SELECT CAST(version AS REAL) AS version FROM fail2banDb LIMIT 1');
  const version = Number(row?.['version']);
  if (Number.isInteger(version) && version >= 1 && version <= newest) return version;
  throw foreign(path, `its schema has version ${version}, known are 1 to ${newest}`);
}

const foreign = (file: string, fault: string): ImportError =>
  new ImportError('ERR_BANWATCH_IMPORT_FILE', `cannot be imported: ${fault}`, {
    file,
    cure: 'give the file that `fail2ban-client get dbfile` names, of fail2ban 0.9 or later',
  });

function reading<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ImportError ? error : faulty(path, error);
  }
}

function faulty(file: string, cause: unknown): ImportError {
  const { message, code } = cause as NodeJS.ErrnoException;
  const isBusy = /locked|busy/i.test(message);
  const isNone = code === 'ENOENT' || code === 'ENOTDIR';
  const cure = isBusy
    ? 'try again, or stop fail2ban first'
    : isNone
      ? 'give the file that `fail2ban-client get dbfile` names'
      : 'make a copy with `sqlite3 FILE .recover | sqlite3 COPY` and give that';
  return new ImportError('ERR_BANWATCH_IMPORT_FILE', `cannot be read: ${message}`, { file, cure, cause });
}
