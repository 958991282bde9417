import { ValueFault } from '@sluice/command-line';

/** A secret that can stand in a path as it is. */
export function readToken(text: string): string {
  if (!/^[\w-]{16,256}$/.test(text)) {
    throw new ValueFault('16 to 256 letters, digits, "_" or "-"', '…');
  }
  return text;
}
