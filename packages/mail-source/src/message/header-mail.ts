import type { ActivitySource } from '@sluice/pipeline';
import { decodeHeader } from '../headers/decode-header.ts';
import type { HeaderBlock } from '../headers/header-block.ts';
import { parseAddresses } from '../headers/parse-addresses.ts';
import type { MailAddress, MailDate, MailMessage } from '../mail-message.ts';
import { bodyText } from './body-text.ts';
import type { MailFacts, MailStore } from './mail-facts.ts';

/** A mail of which the headers are at hand; what a getter has decoded it keeps. */
export class HeaderMail implements MailMessage {
  readonly id: string;
  declare readonly messageId?: string;
  readonly source: ActivitySource;
  readonly folder: string;
  readonly flags: string;
  readonly sizeBytes: number;
  readonly date: MailDate;
  readonly #headers: HeaderBlock;
  readonly #store: MailStore;
  #from: readonly MailAddress[] | undefined;
  #to: readonly MailAddress[] | undefined;
  #cc: readonly MailAddress[] | undefined;
  #fromText: string | undefined;
  #toText: string | undefined;
  #subject: string | undefined;
  #hasToldCharset = false;

  constructor(facts: MailFacts, store: MailStore) {
    this.#headers = facts.headers;
    this.#store = store;
    this.id = facts.id;
    if (facts.messageId !== undefined) this.messageId = facts.messageId;
    this.source = facts.source;
    this.folder = facts.folder;
    this.flags = facts.flags;
    this.sizeBytes = facts.sizeBytes;
    this.date = facts.date;
  }

  get path(): string {
    return this.#store.path;
  }

  get from(): readonly MailAddress[] {
    this.#from ??= this.#addresses('from');
    return this.#from;
  }

  get to(): readonly MailAddress[] {
    this.#to ??= this.#addresses('to');
    return this.#to;
  }

  get cc(): readonly MailAddress[] {
    this.#cc ??= this.#addresses('cc');
    return this.#cc;
  }

  get fromText(): string {
    this.#fromText ??= this.#joined('from');
    return this.#fromText;
  }

  get toText(): string {
    this.#toText ??= this.#joined('to');
    return this.#toText;
  }

  get subject(): string {
    this.#subject ??= this.#decode(this.#headers.first('subject') ?? '');
    return this.#subject;
  }

  headers(name: string): readonly string[] {
    return this.#headers.all(name).map((raw) => this.#decode(raw));
  }

  raw(): Promise<Uint8Array> {
    return this.#store.read();
  }

  async text(): Promise<string> {
    return bodyText(await this.raw(), this.path);
  }

  #joined(name: string): string {
    const texts = this.headers(name);
    return texts.length === 1 ? (texts[0] as string) : texts.join(', ');
  }

  #addresses(name: string): MailAddress[] {
    return parseAddresses(this.#headers.all(name).join(','), (charset) => this.#tellCharset(charset));
  }

  #decode(raw: string): string {
    return decodeHeader(raw, (charset) => this.#tellCharset(charset));
  }

  #tellCharset(name: string): void {
    if (!this.#hasToldCharset) this.#store.unknownCharset(name);
    this.#hasToldCharset = true;
  }
}
