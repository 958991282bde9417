import { statSync } from 'node:fs';
import { fromStdin, readFiles } from '@sluice/log-source';
import type { Chunk, RejectSink } from '@sluice/pipeline';
import { concatMap, lastValueFrom, type Observable } from 'rxjs';
import { shortened } from './filter-choice.ts';
import { misused, refused, TestError } from './test-error.ts';
import { textRecoder } from './text-recoder.ts';

/** The log that LOG stands for. */
export interface LogInput {
  /** What is said of it before the test. */
  readonly header: readonly string[];
  /** Calls `take` for whole lines in UTF-8, and waits for it. Resolves to the bytes of a last line without a break. */
  read(take: (bytes: Uint8Array) => Promise<void> | void): Promise<number>;
}

export interface LogInputOptions {
  readonly encoding: string;
  /** True when a regex may span lines. */
  readonly multiline: boolean;
  readonly rejects: RejectSink;
}

/** Larger than any line that is meant to be one. */
const maxLineBytes = 2 ** 24;
const chunkBytes = 2 ** 20;
const shownLines = 5;

const isFile = (path: string): boolean => {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
};

async function readAll(
  chunks: Observable<Chunk>,
  encoding: string,
  takesLast: boolean,
  take: (bytes: Uint8Array) => Promise<void> | void,
): Promise<number> {
  const recoder = textRecoder(encoding);
  let untaken = 0;
  const chunkRead = async ({ bytes, ending, ack }: Chunk): Promise<void> => {
    const isLast = ending === 'end';
    const { lines, rest } = recoder(bytes, isLast);
    if (lines.length > 0) await take(lines);
    if (isLast && takesLast && rest.length > 0) await take(rest);
    else if (isLast) untaken = rest.length;
    ack();
  };
  await lastValueFrom(chunks.pipe(concatMap(chunkRead)), { defaultValue: undefined });
  return untaken;
}

function ofLines(word: string, multiline: boolean): LogInput {
  const lines = word.split('\n');
  const single = !multiline && lines.length === 1;
  const header = single
    ? [`Use      single line : ${shortened(word)}`]
    : [
        `Use      multi line : ${lines.length} line(s)`,
        ...lines.slice(0, shownLines).map((line, index) => `| ${String(index + 1).padStart(2)}: ${shortened(line)}`),
        ...(lines.length > shownLines ? ['| ...'] : []),
        '`-',
      ];
  const read = async (take: (bytes: Uint8Array) => Promise<void> | void): Promise<number> => {
    await take(Buffer.from(`${word}\n`));
    return 0;
  };
  return { header, read };
}

/**
 * Finds out what LOG is: a file, plain or gzip; `-` for standard input; or lines of a log themselves.
 *
 * @throws TestError for the journal, which is not read yet, and for an unknown encoding
 */
export function openLog(word: string, { encoding, multiline, rejects }: LogInputOptions): LogInput {
  if (word.startsWith('systemd-journal')) {
    const fault =
      'the systemd journal is not read yet: pipe it in (journalctl -o short-iso -u ssh | banwatch test - sshd)';
    throw new TestError('ERR_BANWATCH_TEST_LOG', fault, misused);
  }
  const isStdin = word === '-';
  if (!isStdin && !isFile(word)) return ofLines(word, multiline);
  try {
    textRecoder(encoding);
  } catch (error) {
    throw new TestError('ERR_BANWATCH_TEST_LOG', `ERROR: unknown encoding: ${encoding}`, refused, error);
  }
  const options = { maxLineBytes, chunkBytes, ack: 'manual', rejects } as const;
  return {
    header: [`Use         log file : ${isStdin ? '<stdin>' : word}`, `Use         encoding : ${encoding}`],
    read: (take) => readAll(isStdin ? fromStdin(options) : readFiles(word, options), encoding, isStdin, take),
  };
}
