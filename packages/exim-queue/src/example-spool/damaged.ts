import type { ExampleDamage } from './example-message.ts';

const cut = 60;

/** A sound -H, one character per byte, as it is after damage. */
export function damaged(file: string, damage: ExampleDamage | undefined): string {
  switch (damage) {
    case 'empty-header-file':
      return '';
    case 'cut-envelope':
      return file.slice(0, cut);
    case 'cut-headers':
      return file.slice(0, -cut);
    case 'garbage':
      return 'This is not what a mail server expects.\n'.repeat(8);
    case 'nuls':
      return file.slice(0, file.length >> 1).padEnd(file.length, '\0');
    case 'wrong-length':
      return file.replace(/\n\n\d{3}/, '\n\n009');
    default:
      return file;
  }
}
