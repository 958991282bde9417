import type { ActivitySource } from '@sluice/pipeline';
import type { HeaderBlock } from '../headers/header-block.ts';
import type { MailDate } from '../mail-message.ts';

/** Where a mail's bytes are. */
export interface MailStore {
  /** For people. */
  readonly path: string;
  /** All bytes of the mail, at most as many as the source's bound allows. */
  read(): Promise<Uint8Array>;
  /** Told of the first charset in the mail's headers that is not known. */
  unknownCharset(name: string): void;
}

/** What any store of mails knows of one before its texts are decoded. */
export interface MailFacts {
  readonly headers: HeaderBlock;
  readonly id: string;
  readonly messageId: string | undefined;
  readonly source: ActivitySource;
  readonly folder: string;
  readonly flags: string;
  readonly sizeBytes: number;
  readonly date: MailDate;
}
