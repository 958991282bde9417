import { defaultMaxCommitBytes } from '../max-commit-bytes.ts';
import { checkLogOptions } from './check-options.ts';
import type { SvnLogEntry, SvnLogReader } from './log-entry.ts';
import { LogScanner } from './log-scanner.ts';
import type { SvnLogOptions } from './options.ts';

/**
 * The entries of a log as `svn log --xml` wrote it, of a saved file for instance, in batches: one for each chunk that
 * makes entries whole. Dates and texts are as they stand there; control characters that Subversion wrote as `?\027` stay so.
 *
 * @throws {VcsEventsError} at the call for an option; while iterating, after the entries before: `FORMAT` for what
 *   Subversion does not write, `TRUNCATED` without `</log>`, `TOO_LARGE` for an entry beyond `maxCommitBytes`
 */
export function svnLogEntries(
  chunks: AsyncIterable<Uint8Array>,
  options: SvnLogOptions = {},
): AsyncIterable<readonly SvnLogEntry[]> {
  checkLogOptions(options);
  return { [Symbol.asyncIterator]: () => readEntries(chunks, options) };
}

/** The same without a check of the options. */
export async function* readEntries(
  chunks: AsyncIterable<Uint8Array>,
  options: SvnLogOptions,
): AsyncGenerator<readonly SvnLogEntry[], undefined, undefined> {
  const reader = await readerOf(options);
  for await (const chunk of chunks) {
    const entries = reader.feed(chunk);
    if (entries.length > 0) yield entries;
  }
  // What is wrong is thrown by the second call, when there are entries before it.
  for (let entries = reader.end(); entries.length > 0; entries = reader.end()) yield entries;
  return undefined;
}

async function readerOf({ parser, maxCommitBytes = defaultMaxCommitBytes }: SvnLogOptions): Promise<SvnLogReader> {
  if (parser !== 'fast-xml-parser') return new LogScanner(maxCommitBytes);
  // Only who asks for it waits for the library to load.
  const { FastXmlReader } = await import('./fast-xml-reader.ts');
  return new FastXmlReader(maxCommitBytes);
}
