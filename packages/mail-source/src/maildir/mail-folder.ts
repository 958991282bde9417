import type { ActivitySource } from '@sluice/pipeline';

/** One folder of a Maildir: the top, or a Maildir++ folder. */
export interface MailFolder {
  /** From the Maildir's top down, as bytes; none for the top itself. */
  readonly directories: readonly string[];
  /** For people. */
  readonly name: string;
  readonly source: ActivitySource;
}
