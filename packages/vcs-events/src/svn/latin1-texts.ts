import { isUtf8 } from 'node:buffer';
import { withoutEntities } from './entities.ts';

const notAscii = /[\x80-\xff]/;

/** Makes texts of bytes that were read as latin1, one character for each. */
export class Latin1Texts {
  /** Whether there are other bytes than ASCII; else they are not looked for. */
  isAscii = true;
  /** Set when a text had bytes that are not UTF-8; for the caller to reset. */
  isDamaged = false;

  /** The text, entities replaced. */
  read(latin1: string): string {
    return withoutEntities(this.isAscii || !notAscii.test(latin1) ? latin1 : this.#decode(latin1));
  }

  #decode(latin1: string): string {
    const bytes = Buffer.from(latin1, 'latin1');
    if (!isUtf8(bytes)) this.isDamaged = true;
    return bytes.toString();
  }
}
