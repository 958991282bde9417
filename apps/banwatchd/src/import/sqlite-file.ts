import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ImportError } from './import-error.ts';

/** The slice of a SQLite library that is used: both that are tried have it. */
interface Connection {
  prepare(sql: string): { iterate(): Iterable<unknown> };
  exec(sql: string): unknown;
  close(): unknown;
}

type Open = (file: string) => Connection;
type NodeSqlite = { readonly DatabaseSync: new (file: string, options: { readonly readOnly: true }) => Connection };
type Libsql = new (file: string) => Connection;

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** A SQLite database that is only read: it is opened so that nothing, not even its log, can be written. */
export class SqliteFile {
  readonly #connection: Connection;

  /** @throws ImportError `ERR_BANWATCH_IMPORT_SQLITE`, or what the library throws */
  constructor(file: string) {
    this.#connection = opener()(file);
    this.#connection.exec('PRAGMA query_only = ON');
    this.#connection.exec('PRAGMA busy_timeout = 5000');
  }

  *rows(sql: string): Generator<Row> {
    for (const row of this.#connection.prepare(sql).iterate()) yield row as Row;
  }

  /** Names of the columns of a table; none when there is no such table. */
  columns(table: 'fail2banDb' | 'bans' | 'bips'): ReadonlySet<string> {
    return new Set([...this.rows(`PRAGMA table_info(${table})`)].map(({ name }) => String(name)));
  }

  close(): void {
    this.#connection.close();
  }
}

/** Node.js's own, from 22.13; else libsql, where it is installed. */
function opener(): Open {
  const own = nodeSqlite();
  if (own !== undefined) return (file) => new own.DatabaseSync(file, { readOnly: true });
  let Libsql: Libsql;
  try {
    Libsql = createRequire(import.meta.url)('libsql') as Libsql;
  } catch (cause) {
    throw new ImportError(
      'ERR_BANWATCH_IMPORT_SQLITE',
      `Node.js ${process.versions.node} cannot read SQLite by itself`,
      {
        cure: 'use Node.js 22.13 or later, or install the npm package libsql',
        cause,
      },
    );
  }
  // Its option `readonly` is without effect (0.5.29); the mode in the address is SQLite's own.
  return (file) => new Libsql(`${pathToFileURL(file).href}?mode=ro`);
}

function nodeSqlite(): NodeSqlite | undefined {
  const { emitWarning } = process;
  // That it is experimental in some versions is no news for whoever imports bans.
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule?.('node:sqlite') as NodeSqlite | undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
