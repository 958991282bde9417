import type { HeaderChoice } from '../header-block.ts';
import { HeaderFile, type Reading } from '../header-file.ts';
import { headerId } from './header-text.ts';

/** What comes of reading a -H: the file, and how each part went; later parts are not read when one is not `ok`. */
export interface Read {
  readonly file: HeaderFile;
  readonly readings: readonly Reading[];
}

/** Reads a -H in all its parts. */
export function readHeader(bytes: Buffer | string, journal: readonly string[] = [], choice?: HeaderChoice): Read {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  const file = new HeaderFile();
  file.begin(buffer, buffer.length, true);
  const readings: Reading[] = [];
  const parts = [
    () => file.readHead(`${headerId}-H`),
    () => file.readRecipients(journal),
    () => file.readHeaders(choice),
  ];
  for (const part of parts) {
    const reading = part();
    readings.push(reading);
    if (reading !== 'ok') break;
  }
  return { file, readings };
}
