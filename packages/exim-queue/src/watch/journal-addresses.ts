import { readFileSync, statSync } from 'node:fs';
import { parseJournal } from '../journal/parse-journal.ts';

/** Journals are read at each line that is added to them: long ones would take time by the square. */
const maxBytes = 16_384;

/** The addresses in a journal that is small and still there, in lower case. */
export function journalAddresses(file: string): readonly string[] {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    return size === 0 || size > maxBytes
      ? []
      : parseJournal(readFileSync(file)).map((address) => address.toLowerCase());
  } catch {
    return [];
  }
}
