import { readChild } from '@sluice/pipeline/node';
import { VcsEventsError } from '../vcs-events-error.ts';
import { hgCommand } from './hg-command.ts';
import { LineReader } from './line-reader.ts';
import type { Revisions } from './revisions.ts';

export interface LogRequest<T> {
  readonly revisions: Revisions;
  /** Whether hidden changesets, those that were amended for instance, can be among them. Default false. */
  readonly hidden?: boolean;
  /** What to write of each, by name, in the language of Mercurial's templates. */
  readonly fields: Readonly<Record<string, string>>;
  /** Makes sure that a record is what was asked for; throws when it is not. */
  readonly check: (record: unknown) => T;
  readonly maxLineBytes?: number;
  /** How Mercurial reads texts that are not UTF-8; default `ascii`, which gives U+FFFD. */
  readonly fallbackEncoding?: 'ascii' | 'iso-8859-1';
  readonly onBytes?: (bytes: number) => void;
}

const defaultMaxLineBytes = 64 << 20;
/** Written after the last changeset: without it the output is not whole, wherever it ends. */
const endMark = '"end"';

/** What `hg log` writes of changesets, parsed; each batch is what one chunk had. */
export async function* readRecords<T>(
  directory: string,
  request: LogRequest<T>,
  signal: AbortSignal,
): AsyncGenerator<readonly T[], void, undefined> {
  const records = new RecordReader(request.check, request.maxLineBytes ?? defaultMaxLineBytes);
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
export function logArguments({
  revisions,
  hidden,
  fields,
  fallbackEncoding = 'ascii',
}: Omit<LogRequest<unknown>, 'check'>): readonly string[] {
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
    ...selection(revisions.expression),
    '--',
  ];
}

/**
 * Selects by an expression under the name `tip`. Mercurial first takes any text for the name of a tag or a bookmark,
 * reads the tags of all heads for it, and keeps them in a file of the repository; `tip` alone it knows without that.
 */
export const selection = (expression: string): readonly string[] => [
  '--config',
  `revsetalias.tip=${expression}`,
  '-r',
  'tip',
];

/** The records in bytes. Any division into chunks gives the same. */
export class RecordReader<T> {
  readonly #check: (record: unknown) => T;
  readonly #lines: LineReader;
  #isAtEnd = false;

  constructor(check: (record: unknown) => T, maxLineBytes: number) {
    this.#check = check;
    this.#lines = new LineReader(maxLineBytes);
  }

  /** The records that this chunk makes whole, and what is wrong with what comes after them. */
  feed(chunk: Buffer): { readonly found: readonly T[]; readonly failure?: unknown } {
    const found: T[] = [];
    try {
      for (const line of this.#lines.feed(chunk)) {
        if (this.#isAtEnd) throw unexpected(line);
        if (line === endMark) this.#isAtEnd = true;
        else found.push(this.#check(parse(line)));
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
