import type { ActivitySource } from '@sluice/pipeline';
import type { Commit, FileChange } from '../commit.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import type { FileReader } from './file-reader.ts';
import { readRecord, recordTokens } from './read-record.ts';
import { TokenReader } from './token-reader.ts';

export interface LogParserOptions {
  readonly repository: ActivitySource;
  /** `commit.branch`. */
  readonly branch?: string | undefined;
  /** How to read the paths that follow each record; undefined when there are none. */
  readonly readFile?: FileReader | undefined;
  readonly maxCommitBytes: number;
  /** Called for a commit with bytes that are not UTF-8. */
  readonly onInvalidText: (id: string) => void;
}

/** A commit that more paths may follow. */
interface OpenCommit {
  readonly commit: Commit;
  readonly files: FileChange[];
  bytes: number;
  isValid: boolean;
}

/**
 * Reads the output of `git log -z` in our format, with `--numstat`, `--name-status` or neither. Any division into chunks
 * gives the same commits. What does not fit the grammar throws, also an end within a commit.
 */
export class LogParser {
  readonly #reader = new TokenReader();
  readonly #options: LogParserOptions;
  #open: OpenCommit | undefined;
  /** Bytes read for a commit whose record is not whole. */
  #pendingBytes = 0;

  constructor(options: LogParserOptions) {
    this.#options = options;
  }

  /** The commits that this chunk makes whole. */
  feed(chunk: Buffer): Commit[] {
    this.#reader.feed(chunk);
    const isLimitNear = this.#pendingBytes + chunk.length > this.#options.maxCommitBytes;
    const commits: Commit[] = [];
    let at = 0;
    for (let taken = -1; taken !== 0; at += taken) {
      taken = this.#open === undefined ? this.#takeRecord(at, commits, isLimitNear) : this.#takeFiles(at, commits);
    }
    this.#reader.take(at);
    const { tokens } = this.#reader;
    this.#pendingBytes = sizeOf(tokens, 0, tokens.length) + this.#reader.unfinishedBytes;
    this.#checkSize(this.#pendingBytes + (this.#open?.bytes ?? 0));
    return commits;
  }

  /** The last commit, where paths could have followed it; throws when the output ends within a commit. */
  end(): Commit[] {
    if (this.#reader.tokens.length > 0 || this.#reader.unfinishedBytes > 0) {
      throw new VcsEventsError('ERR_VCS_EVENTS_TRUNCATED', 'the output of git log ends within a commit');
    }
    const commits: Commit[] = [];
    this.#close(commits);
    return commits;
  }

  /** How many tokens a record at `at` takes; 0 while it is not whole. */
  #takeRecord(at: number, commits: Commit[], isLimitNear: boolean): number {
    const { tokens } = this.#reader;
    const commit = readRecord(tokens, at, this.#options);
    if (commit === undefined) return 0;
    const isValid = this.#reader.isValid(at, recordTokens);
    if (this.#options.readFile !== undefined) {
      const bytes = sizeOf(tokens, at, recordTokens);
      this.#open = { commit, files: [], bytes, isValid };
      this.#checkSize(bytes);
    } else {
      if (isLimitNear) this.#checkSize(sizeOf(tokens, at, recordTokens));
      if (!isValid) this.#options.onInvalidText(commit.id);
      commits.push(commit);
    }
    return recordTokens;
  }

  /** How many tokens are paths of the open commit, which is closed where the next record begins. */
  #takeFiles(start: number, commits: Commit[]): number {
    const { tokens } = this.#reader;
    const open = this.#open as OpenCommit;
    const readFile = this.#options.readFile as FileReader;
    let at = start;
    for (let first = tokens[at]; first !== undefined; first = tokens[at]) {
      if (first.startsWith('\x01')) {
        this.#close(commits);
        return at - start + this.#takeRecord(at, commits, true);
      }
      const file = readFile(open.files.length === 0 ? withoutBreak(first) : first, tokens, at);
      if (file === undefined) break;
      open.files.push(file.change);
      open.bytes += sizeOf(tokens, at, file.tokens);
      open.isValid &&= this.#reader.isValid(at, file.tokens);
      this.#checkSize(open.bytes);
      at += file.tokens;
    }
    return at - start;
  }

  #close(commits: Commit[]): void {
    if (this.#open === undefined) return;
    const { commit, files, isValid } = this.#open;
    this.#open = undefined;
    if (!isValid) this.#options.onInvalidText(commit.id);
    commits.push({ ...commit, files });
  }

  #checkSize(bytes: number): void {
    const { maxCommitBytes } = this.#options;
    if (bytes <= maxCommitBytes) return;
    const fault = `a commit has more than maxCommitBytes = ${maxCommitBytes} bytes`;
    throw new VcsEventsError('ERR_VCS_EVENTS_TOO_LARGE', fault, { limit: maxCommitBytes });
  }
}

/** Bytes of so many tokens and their NULs. */
function sizeOf(tokens: readonly string[], at: number, count: number): number {
  let bytes = 0;
  for (let token = at; token < at + count; token += 1) bytes += Buffer.byteLength(tokens[token] ?? '') + 1;
  return bytes;
}

/** A line break stands before the first path of a commit. */
function withoutBreak(first: string): string {
  if (first.startsWith('\n')) return first.slice(1);
  throw new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'git log wrote a path without a line break before it', {
    value: first.slice(0, 100),
  });
}
