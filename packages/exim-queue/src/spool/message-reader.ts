import { closeSync, fstatSync, openSync, statSync } from 'node:fs';
import { splitFolder } from '../id/split-folder.ts';
import { parseJournal } from '../journal/parse-journal.ts';
import { readJournal } from '../journal/read-journal.ts';
import type { QueueField } from '../options.ts';
import type { QueueEntry, SpoolProblem } from '../queue-entry.ts';
import { readReasons } from '../reasons/read-reasons.ts';
import type { MessageFilter } from '../where/message-filter.ts';
import { damagedEntry, type EntryDraft, entryOf } from './entry-draft.ts';
import type { FileBytes } from './file-bytes.ts';
import type { HeaderChoice } from './header-block.ts';
import { HeaderFile, type Reading } from './header-file.ts';
import type { LockView } from './lock-view.ts';
import { openFlags } from './open-flags.ts';
import { isAbsence, readFault } from './read-fault.ts';
import type { SpoolDirectory } from './spool-directory.ts';

const suffixLength = '-H'.length;
/** -D begins with its own name and a line feed, which are no part of the message. */
const bodyNameRest = '-D\n'.length;
/** The longest that 16,384 recipients make. */
const maxJournalBytes = 16_777_216;
const ifThere = { throwIfNoEntry: false } as const;
const slash = 47;
const letterD = 68;
const letterH = 72;
const letterJ = 74;
const noJournal: readonly string[] = [];
const noReasons: ReadonlyMap<string, string> = new Map();

/** What became of a message that is not told of: it has left the queue, or the filter does not select it. */
export type Missed = 'gone' | 'filtered';

export interface MessageReaderOptions {
  readonly fields: ReadonlySet<QueueField>;
  /** With the field `headers`: which. */
  readonly headers: HeaderChoice;
  /** Leaves out what it rules out, and reads no more of that than it takes to know. */
  readonly filter: MessageFilter | undefined;
  readonly nowMs: number;
  readonly locks: LockView;
  /** Where files are read into. */
  readonly bytes: FileBytes;
  /** Told of a message's log that may not be read; the message is emitted without its reasons. Default: nobody is told. */
  readonly onUnreadable?: (path: string, error: unknown) => void;
}

/**
 * Reads messages by their files, one at a time and synchronously: a read from the cache is quicker than a thread's turn.
 * Each part is read only when it is wanted, and when what was read before does not rule the message out.
 */
export class MessageReader {
  readonly #options: MessageReaderOptions;
  readonly #hasSize: boolean;
  readonly #hasLocks: boolean;
  readonly #hasReasons: boolean;
  readonly #headerChoice: HeaderChoice | undefined;
  readonly #bytes: FileBytes;
  readonly #file = new HeaderFile();
  /** Files opened and bytes read of them since they were last counted. */
  files = 0;
  bytes = 0;

  constructor(options: MessageReaderOptions) {
    const { fields, headers, bytes } = options;
    this.#options = options;
    this.#hasSize = fields.has('size');
    this.#hasLocks = fields.has('locks');
    this.#hasReasons = fields.has('reasons');
    this.#headerChoice = fields.has('headers') ? headers : undefined;
    this.#bytes = bytes;
  }

  /**
   * A message; never throws on what its files are like.
   *
   * @param name of its -H
   */
  read(directory: SpoolDirectory, name: string): QueueEntry | Missed {
    return this.readAt(directory, Buffer.from(directory.path + name), name.length);
  }

  /**
   * As {@link read}.
   *
   * @param path of its -H, which is the caller's again afterwards
   * @param nameLength of the name at its end
   */
  readAt(directory: SpoolDirectory, path: Buffer, nameLength: number): QueueEntry | Missed {
    let fd: number;
    let journal: readonly string[];
    try {
      // Before -H: Exim moves what the journal has into a new -H and removes it, and so it is found in one of them.
      journal = this.#journalOf(directory, path);
      fd = openSync(path, openFlags);
    } catch (error) {
      return isAbsence(error) ? 'gone' : unread(directory, path, error);
    }
    this.files += 1;
    try {
      return this.#readOpen(fd, directory, path, path.length - nameLength, journal);
    } catch (error) {
      return unread(directory, path, error);
    } finally {
      this.bytes += this.#bytes.length;
      closeSync(fd);
    }
  }

  #readOpen(
    fd: number,
    directory: SpoolDirectory,
    path: Buffer,
    nameAt: number,
    journal: readonly string[],
  ): QueueEntry | Missed {
    const file = this.#file;
    const { filter, nowMs } = this.#options;
    this.#bytes.begin(fd);
    file.begin(this.#bytes.buffer, this.#bytes.length, this.#bytes.isWhole);
    let reading = file.readHeadAt(path, nameAt);
    while (reading === 'short' && this.#more(fd)) reading = file.readHeadAt(path, nameAt);
    if (reading !== 'ok') return damagedEntry(idOf(path), directory, this.#problem(fd, 'envelope', reading));
    const early = filter?.byHead(file.head, nowMs);
    if (early === false) return 'filtered';
    reading = file.readRecipients(journal);
    while (reading === 'short' && this.#more(fd)) reading = file.readRecipients(journal);
    if (reading !== 'ok') return damagedEntry(idOf(path), directory, this.#problem(fd, 'envelope', reading));
    const draft = entryOf(file, directory);
    const isOpen = filter !== undefined && early !== true;
    if (isOpen && filter.soFar(draft, nowMs) === false) return 'filtered';
    if (this.#hasSize || this.#headerChoice !== undefined) this.#addHeaders(fd, draft);
    if (this.#addBody(draft, path) === 'gone') return 'gone';
    if (this.#hasReasons) this.#addReasons(draft, directory);
    return isOpen && !filter.matches(draft, nowMs) ? 'filtered' : draft;
  }

  #more(fd: number): boolean {
    if (!this.#bytes.more(fd)) return false;
    this.#file.begin(this.#bytes.buffer, this.#bytes.length, this.#bytes.isWhole);
    return true;
  }

  #addHeaders(fd: number, draft: EntryDraft): void {
    const file = this.#file;
    let reading = file.readHeaders(this.#headerChoice);
    while (reading === 'short' && this.#more(fd)) reading = file.readHeaders(this.#headerChoice);
    if (reading !== 'ok') draft.problem = this.#problem(fd, 'headers', reading);
    if (this.#headerChoice !== undefined) draft.headers = file.headers;
  }

  /** Size and lock, by a look at -D. Without -D: `gone` when -H is not there either. */
  #addBody(draft: EntryDraft, path: Buffer): 'gone' | undefined {
    const { locks } = this.#options;
    if (!this.#hasSize && (!this.#hasLocks || locks.isFree())) return undefined;
    path[path.length - 1] = letterD;
    const body = statSync(path, ifThere);
    path[path.length - 1] = letterH;
    if (body === undefined) {
      // Exim removes -D first, and -H a moment later.
      if (statSync(path, ifThere) === undefined) return 'gone';
      draft.problem ??= { kind: 'body', reason: 'there is no -D' };
      if (this.#hasSize) draft.sizeBytes = 0;
      return undefined;
    }
    if (this.#hasSize) draft.sizeBytes = this.#file.headerBytes + body.size - (draft.id.length + bodyNameRest) + 1;
    if (this.#hasLocks) locks.tell(draft, body.ino);
    return undefined;
  }

  #addReasons(draft: EntryDraft, { folder, split }: SpoolDirectory): void {
    // The option `split_spool_directory` may have been changed between -H and the log.
    const others = split === '' ? `${splitFolder(draft.id)}/` : '';
    let reasons = this.#readReasons(`${folder.msglog}/${split}${draft.id}`);
    if (reasons.size === 0) reasons = this.#readReasons(`${folder.msglog}/${others}${draft.id}`);
    if (reasons.size === 0) return;
    draft.recipients = draft.recipients.map((recipient) => {
      const reason = recipient.isDelivered ? undefined : reasons.get(recipient.address);
      return reason === undefined ? recipient : { ...recipient, reason };
    });
  }

  #readReasons(path: string): ReadonlyMap<string, string> {
    try {
      return readReasons(path);
    } catch (error) {
      this.#options.onUnreadable?.(path, error);
      return noReasons;
    }
  }

  #journalOf({ journals }: SpoolDirectory, path: Buffer): readonly string[] {
    if (journals !== undefined && (journals.size === 0 || !journals.has(idOf(path)))) return noJournal;
    path[path.length - 1] = letterJ;
    try {
      const bytes = readJournal(path, maxJournalBytes);
      if (bytes === undefined) return noJournal;
      this.files += 1;
      this.bytes += bytes.length;
      return parseJournal(bytes);
    } catch (error) {
      if (isAbsence(error)) return noJournal;
      throw error;
    } finally {
      path[path.length - 1] = letterH;
    }
  }

  #problem(fd: number, kind: 'envelope' | 'headers', reading: Reading): SpoolProblem {
    const sizeBytes = this.#bytes.isWhole ? this.#bytes.length : fstatSync(fd).size;
    const reason =
      reading === 'short'
        ? `-H has ${sizeBytes} bytes, and its ${kind} exceed the first ${this.#bytes.length} (maxHeaderFileBytes)`
        : `-H is damaged in its ${kind}`;
    return { kind, sizeBytes, reason };
  }
}

function unread(directory: SpoolDirectory, path: Buffer, error: unknown): QueueEntry {
  return damagedEntry(idOf(path), directory, { kind: 'read', reason: readFault(error) });
}

/** The id in the path of a -H. */
const idOf = (path: Buffer): string => path.toString('latin1', path.lastIndexOf(slash) + 1, path.length - suffixLength);
