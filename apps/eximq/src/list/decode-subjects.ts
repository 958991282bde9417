import { type QueueEntry, wordDecoder } from '@sluice/exim-queue/batches';

/** The entries with the encoded words of their subjects decoded. */
export async function decodeSubjects(entries: readonly QueueEntry[]): Promise<readonly QueueEntry[]> {
  const decode = await wordDecoder();
  return entries.map((entry) => {
    const subjects = entry.headers?.['subject'];
    return subjects === undefined ? entry : { ...entry, headers: { ...entry.headers, subject: subjects.map(decode) } };
  });
}
