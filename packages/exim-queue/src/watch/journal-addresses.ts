import { parseJournal } from '../journal/parse-journal.ts';
import { readJournal } from '../journal/read-journal.ts';

/** Journals are read at each line that is added to them: long ones would take time by the square. */
const maxBytes = 16_384;

/** The addresses in a journal that is small and still there, in lower case. */
export function journalAddresses(file: string): readonly string[] {
  try {
    const bytes = readJournal(file, maxBytes);
    return bytes === undefined ? [] : parseJournal(bytes).map((address) => address.toLowerCase());
  } catch {
    return [];
  }
}
