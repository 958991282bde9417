import { readChild } from '../process/read-child.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { hgCommand } from './hg-command.ts';
import { LineReader } from './line-reader.ts';
import type { Revisions } from './revisions.ts';

export interface LogRequest {
  readonly revisions: Revisions;
  /** Whether hidden changesets, those that were amended for instance, can be among them. Default false. */
  readonly hidden?: boolean;
  /** What to write of each, by name, in the language of Mercurial's templates. */
  readonly fields: Readonly<Record<string, string>>;
  readonly maxLineBytes?: number;
  /** How Mercurial reads texts that are not UTF-8; default `ascii`, which gives U+FFFD. */
  readonly fallbackEncoding?: 'ascii' | 'iso-8859-1';
  readonly onBytes?: (bytes: number) => void;
}

const defaultMaxLineBytes = 64 << 20;
/** Written after the last changeset: without it the output is not whole, wherever it ends. */
const endMark = '"end"';

/** What `hg log` writes of changesets, parsed; each batch is what one chunk had. */
export async function* readRecords(
  directory: string,
  request: LogRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[], void, undefined> {
  const records = new RecordReader(request.maxLineBytes ?? defaultMaxLineBytes);
  for await (const chunk of readChild(hgCommand(logArguments(request), directory), signal)) {
    request.onBytes?.(chunk.length);
    const { found, failure } = records.feed(chunk);
    if (found.length > 0) yield found;
    if (failure !== undefined) throw failure;
  }
  signal.throwIfAborted();
  records.end();
}

/** Arguments of `hg log`. */
export function logArguments({ revisions, hidden, fields, fallbackEncoding = 'ascii' }: LogRequest): readonly string[] {
  const members = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return [
    'log',
    ...(hidden === true ? ['--hidden'] : []),
    '--config',
    `ui.fallbackencoding=${fallbackEncoding}`,
    '--config',
    `templates.sluice={dict(${members.join(', ')})|json}\\n`,
    '--config',
    `templates.sluice:docfooter=${endMark}\\n`,
    '-T',
    'sluice',
    ...revisions.args,
    '-r',
    revisions.expression,
    '--',
  ];
}

/** The records in bytes. Any division into chunks gives the same. */
export class RecordReader {
  readonly #lines: LineReader;
  #isAtEnd = false;

  constructor(maxLineBytes: number) {
    this.#lines = new LineReader(maxLineBytes);
  }

  /** The records that this chunk makes whole, and what is wrong with what comes after them. */
  feed(chunk: Buffer): { readonly found: readonly unknown[]; readonly failure?: unknown } {
    const found: unknown[] = [];
    try {
      for (const line of this.#lines.feed(chunk)) {
        if (this.#isAtEnd) throw unexpected(line);
        if (line === endMark) this.#isAtEnd = true;
        else found.push(parse(line));
      }
      return { found };
    } catch (failure) {
      return { found, failure };
    }
  }

  /** Throws when the output is not whole. */
  end(): void {
    if (this.#isAtEnd && this.#lines.isAtStart) return;
    throw new VcsEventsError('ERR_VCS_EVENTS_TRUNCATED', 'the output of hg log is not whole');
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw unexpected(line, cause);
  }
}

function unexpected(line: string, cause?: unknown): VcsEventsError {
  const details = { value: line.slice(0, 200), cause };
  return new VcsEventsError('ERR_VCS_EVENTS_FORMAT', 'hg log wrote a line that is no record', details);
}
