import type { SvnLogEntry, SvnLogReader } from '../svn/log-entry.ts';

/** The document in a log. */
export const logOf = (entries: string): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<log>\n${entries}</log>\n`);

/** One entry with this message, as XML. */
export const entryWith = (message: string, revision = 1): string =>
  `<logentry\n   revision="${revision}">\n<author>ada</author>\n<date>2020-01-02T03:04:05.000000Z</date>\n<msg>${message}</msg>\n</logentry>\n`;

/** All entries, read in chunks of so many bytes. */
export function readAll(reader: SvnLogReader, bytes: Uint8Array, chunkBytes = bytes.length): SvnLogEntry[] {
  const entries: SvnLogEntry[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    entries.push(...reader.feed(bytes.subarray(at, at + chunkBytes)));
  for (let last = reader.end(); last.length > 0; last = reader.end()) entries.push(...last);
  return entries;
}
