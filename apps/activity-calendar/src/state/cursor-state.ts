import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Cursor } from '@sluice/vcs-events/batches';
import { ActivityCalendarError } from '../activity-calendar-error.ts';
import { nameOf, type SourceSpec } from '../config/source-spec.ts';

/** Where reading has got to, source by source. */
export type Reached = ReadonlyMap<string, StoredCursor>;

interface StoredCursor {
  /** For people. */
  readonly source: string;
  readonly cursor: Cursor;
}

const version = 1;
const maxFileBytes = 64 << 20;

/** A source with its filters: with other ones, what was passed over would have to be read again. */
function keyOf({ place: _, since, until, ...spec }: SourceSpec): string {
  const settings = { ...spec, since: since?.fromMs, until: until?.untilMs };
  const text = JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Where reading has got to in each repository, kept in a file. */
export class CursorState {
  readonly #file: string;
  #cursors: Reached;
  /** Reached, but what was read may not be written yet. */
  #reached: Reached;

  /** @param isNew what the file says is left out: all is to be read again */
  constructor(file: string, isNew: boolean) {
    this.#file = file;
    const stored = load(file);
    this.#cursors = isNew ? new Map() : stored;
    this.#reached = this.#cursors;
  }

  get(source: SourceSpec): Cursor | undefined {
    return this.#cursors.get(keyOf(source))?.cursor;
  }

  set(source: SourceSpec, cursor: Cursor): void {
    this.#reached = new Map(this.#reached).set(keyOf(source), { source: nameOf(source), cursor });
  }

  /** What has been reached now; to be given to {@link save} when all that was read until now is written. */
  reached(): Reached {
    return this.#reached;
  }

  /** Writes the file anew, in one step. */
  async save(reached: Reached = this.#reached): Promise<void> {
    if (reached === this.#cursors) return;
    const temporary = `${this.#file}.${process.pid}.new`;
    try {
      const handle = await open(temporary, 'w', 0o600);
      try {
        await handle.writeFile(`${JSON.stringify({ version, cursors: Object.fromEntries(reached) })}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, this.#file);
    } finally {
      await rm(temporary, { force: true });
    }
    await syncFolder(path.dirname(this.#file));
    this.#cursors = reached;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function load(file: string): Reached {
  let text: Buffer;
  try {
    text = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  try {
    if (text.length > maxFileBytes) throw new RangeError(`larger than ${maxFileBytes} bytes`);
    const stored = JSON.parse(text.toString()) as { version: number; cursors: Record<string, StoredCursor> };
    if (stored.version !== version) throw new TypeError(`version ${stored.version}, not ${version}`);
    const cursors = Object.entries(stored.cursors);
    if (!cursors.every(([, { cursor }]) => cursor.version === 1 && typeof cursor.heads === 'object'))
      throw new TypeError('no cursors');
    return new Map(cursors);
  } catch (cause) {
    const cure = 'name another file, or remove this one to read all again';
    throw new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_STATE', 'not a state file of activity-calendar', {
      file,
      cure,
      cause,
    });
  }
}
