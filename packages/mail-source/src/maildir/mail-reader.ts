import { closeSync } from 'node:fs';
import { parseMessageId } from '../headers/message-id.ts';
import { rawText } from '../headers/raw-text.ts';
import type { MailMessage } from '../mail-message.ts';
import { dateOf } from '../message/date-of.ts';
import { HeaderMail } from '../message/header-mail.ts';
import { isWanted } from '../message/is-wanted.ts';
import type { MaildirSettings } from '../settings.ts';
import { directoryFaultOf, isAbsence } from './fault-of.ts';
import { forPeople } from './file-path.ts';
import { hashFile } from './hash-file.ts';
import type { Head, HeadReader } from './head-reader.ts';
import type { MailPlace } from './list-folder.ts';
import { MailFile } from './mail-file.ts';
import type { MailFolder } from './mail-folder.ts';
import { flagsOf } from './mail-name.ts';
import { withDirectory } from './open-directory.ts';

/** A mail that was found. Its file is open as long as its id has to be made of its bytes. */
interface FoundMail {
  readonly place: MailPlace;
  readonly head: Head;
  readonly messageId: string | undefined;
}

/** What reading some mails of a folder came to. */
export interface ReadMails {
  /** Those that are wanted. */
  readonly mails: readonly MailMessage[];
  /** How many are not wanted. */
  readonly filtered: number;
  /** Those that were no longer there under their names. */
  readonly missing: readonly MailPlace[];
  /** How many of those given were read; the rest is left for the next call. */
  readonly taken: number;
}

/** Reads the beginnings of a folder's mails. */
export class MailReader {
  readonly #root: string;
  readonly #settings: MaildirSettings;
  readonly #heads: HeadReader;

  constructor(root: string, settings: MaildirSettings, heads: HeadReader) {
    this.#root = root;
    this.#settings = settings;
    this.#heads = heads;
  }

  /**
   * Reads mails until `maxHeaderBytes` of headers are read, so that a batch of mails with huge headers stays small.
   *
   * @param places all in one directory
   */
  async read(folder: MailFolder, places: readonly MailPlace[]): Promise<ReadMails> {
    const found: FoundMail[] = [];
    const missing: MailPlace[] = [];
    const { maxMessageBytes, signal } = this.#settings;
    try {
      const taken = this.#find(folder, places, found, missing);
      const mails: MailMessage[] = [];
      for (const each of found) {
        // Most have an id, and waiting for what is at hand would take as long as reading the mail.
        const id = each.messageId ?? `sha256-${await hashFile(each.head.fd, maxMessageBytes, signal)}`;
        const mail = this.#mailOf(folder, each, id);
        if (mail !== undefined) mails.push(mail);
      }
      return { mails, filtered: found.length - mails.length, missing, taken };
    } finally {
      for (const { head, messageId } of found) if (messageId === undefined) closeSync(head.fd);
    }
  }

  #find(folder: MailFolder, places: readonly MailPlace[], found: FoundMail[], missing: MailPlace[]): number {
    const { reports, maxHeaderBytes } = this.#settings;
    const directories = [...folder.directories, places[0]?.directory ?? 'cur'];
    const path = [this.#root, ...directories].join('/');
    let headerBytes = 0;
    let taken = 0;
    let readBytes = 0;
    try {
      withDirectory(this.#root, directories, ({ prefix }) => {
        while (taken < places.length && headerBytes <= maxHeaderBytes) {
          const place = places[taken] as MailPlace;
          taken += 1;
          const head = this.#heads.read(prefix + place.name);
          if (head === undefined) missing.push(place);
          else if ('code' in head) reports.reject(head.code, head.reason, forPeople(`${path}/${place.name}`));
          else {
            const messageId = parseMessageId(rawText(head.headers.first('message-id') ?? ''));
            if (messageId !== undefined) closeSync(head.fd);
            found.push({ place, head, messageId });
            headerBytes += head.headers.bytes;
            readBytes += head.readBytes;
          }
        }
      });
    } catch (error) {
      // The directory itself is gone, or was exchanged for something else; what it held is looked for again.
      const { code, reason } = directoryFaultOf(error, path);
      if (!isAbsence(error)) reports.flawOnce(code, reason, forPeople(path));
      missing.push(...places.slice(taken));
      taken = places.length;
    }
    reports.add('bytes', readBytes);
    return taken;
  }

  /** The mail, if it is wanted. */
  #mailOf(folder: MailFolder, { place, head, messageId }: FoundMail, id: string): MailMessage | undefined {
    const { reports } = this.#settings;
    const { headers, sizeBytes } = head;
    const store = new MailFile(this.#root, folder, place, this.#settings);
    const { date, fault, value } = dateOf(headers, head.modifiedMs);
    const flags = flagsOf(place.name);
    const { name, source } = folder;
    const mail = new HeaderMail({ headers, id, messageId, source, folder: name, flags, sizeBytes, date }, store);
    if (!isWanted(mail, this.#settings)) return undefined;
    if (fault !== undefined) reports.flaw('ERR_MAIL_SOURCE_DATE', fault, mail.path, value && rawText(value));
    if (head.isCut) reports.flaw('ERR_MAIL_SOURCE_HEADERS_TOO_LONG', 'has headers beyond maxHeaderBytes', mail.path);
    return mail;
  }
}
