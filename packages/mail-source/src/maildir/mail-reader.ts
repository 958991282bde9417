import { closeSync } from 'node:fs';
import { rawText } from '../headers/raw-text.ts';
import type { MailMessage } from '../mail-message.ts';
import { HeaderMail } from '../message/header-mail.ts';
import { isWanted } from '../message/is-wanted.ts';
import type { MaildirSettings } from '../settings.ts';
import { directoryFaultOf, faultOf, isAbsence } from './fault-of.ts';
import { forPeople } from './file-path.ts';
import { hashFile } from './hash-file.ts';
import type { Head, HeadReader } from './head-reader.ts';
import type { MailPlace } from './list-folder.ts';
import { MailFile } from './mail-file.ts';
import type { MailFolder } from './mail-folder.ts';
import { flagsOf } from './mail-name.ts';
import { withDirectory } from './open-directory.ts';

/** A mail that was found. */
interface FoundMail {
  readonly place: MailPlace;
  readonly head: Head;
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
    try {
      const taken = this.#find(folder, places, found, missing);
      const mails: MailMessage[] = [];
      let filtered = 0;
      for (const each of found) {
        const { identity } = each.head;
        // Most have an id, and waiting for what is at hand would take as long as reading the mail.
        const id = typeof identity === 'string' ? identity : await this.#hash(folder, each.place, identity);
        const mail = id === undefined ? undefined : this.#mailOf(folder, each, id);
        if (mail !== undefined) mails.push(mail);
        else if (id !== undefined) filtered += 1;
      }
      return { mails, filtered, missing, taken };
    } finally {
      for (const { head } of found) if (typeof head.identity === 'number') closeSync(head.identity);
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
          const head = this.#heads.read(prefix + place.name, place.isFile);
          if (head === undefined) missing.push(place);
          else if ('code' in head) reports.reject(head.code, head.reason, forPeople(`${path}/${place.name}`));
          else {
            found.push({ place, head });
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

  /** An id made of the file's bytes; undefined when they cannot be read, which is told. */
  async #hash(folder: MailFolder, place: MailPlace, fd: number): Promise<string | undefined> {
    const { reports, maxMessageBytes, signal } = this.#settings;
    try {
      return `sha256-${await hashFile(fd, maxMessageBytes, signal)}`;
    } catch (error) {
      const { code, reason } = faultOf(error);
      reports.reject(code, reason, new MailFile(this.#root, folder, place, this.#settings).path);
      return undefined;
    }
  }

  /** The mail, if it is wanted. */
  #mailOf(folder: MailFolder, { place, head }: FoundMail, id: string): MailMessage | undefined {
    const { reports } = this.#settings;
    const { headers, sizeBytes, dating, identity } = head;
    const store = new MailFile(this.#root, folder, place, this.#settings);
    const { date, fault, value } = dating;
    const messageId = typeof identity === 'string' ? identity : undefined;
    const flags = flagsOf(place.name);
    const { name, source } = folder;
    const mail = new HeaderMail({ headers, id, messageId, source, folder: name, flags, sizeBytes, date }, store);
    if (!isWanted(mail, this.#settings)) return undefined;
    if (fault !== undefined) reports.flaw('ERR_MAIL_SOURCE_DATE', fault, mail.path, value && rawText(value));
    if (head.isCut) reports.flaw('ERR_MAIL_SOURCE_HEADERS_TOO_LONG', 'has headers beyond maxHeaderBytes', mail.path);
    return mail;
  }
}
