import { oneLine } from '../headers/one-line.ts';
import { rawText } from '../headers/raw-text.ts';
import { decodeModifiedUtf7 } from '../headers/utf7.ts';

/**
 * The name of a Maildir++ folder for people: of `.Archive.2010` it is `Archive/2010`. It comes from the outside and
 * is never used as a path.
 *
 * @param directories from the Maildir's top down, as Latin-1; none for the top itself
 */
export function folderName(directories: readonly string[]): string {
  return directories
    .flatMap((directory) => directory.slice(1).split('.'))
    .map((part) => oneLine(decodeModifiedUtf7(rawText(part))))
    .join('/');
}
