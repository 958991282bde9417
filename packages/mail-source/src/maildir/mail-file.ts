import { close, constants, fstat, openSync, read } from 'node:fs';
import { promisify } from 'node:util';
import { rawText } from '../headers/raw-text.ts';
import { MailSourceError } from '../mail-source-error.ts';
import type { MailStore } from '../message/mail-facts.ts';
import type { MaildirSettings } from '../settings.ts';
import { type Fault, faultOf, isAbsence, notAFile } from './fault-of.ts';
import { forPeople, forSystem } from './file-path.ts';
import { listFolder, type MailPlace } from './list-folder.ts';
import type { MailFolder } from './mail-folder.ts';
import { withDirectory } from './open-directory.ts';

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
/** A mail that is renamed as often while we look for it is renamed by a machine. */
const maxTries = 10;
const fstatLater = promisify(fstat);
const readLater = promisify(read);
const closeLater = promisify(close);

/** A mail as a file that other programs may rename. */
export class MailFile implements MailStore {
  readonly #root: string;
  readonly #folder: MailFolder;
  readonly #settings: MaildirSettings;
  #place: MailPlace;

  constructor(root: string, folder: MailFolder, place: MailPlace, settings: MaildirSettings) {
    this.#root = root;
    this.#folder = folder;
    this.#place = place;
    this.#settings = settings;
  }

  /** For people. */
  get path(): string {
    const { directory, name } = this.#place;
    return forPeople([this.#root, ...this.#folder.directories, directory, name].join('/'));
  }

  /** All bytes of the file, whatever it is called by now. */
  async read(): Promise<Uint8Array> {
    const maxBytes = this.#settings.maxMessageBytes;
    const fd = this.#open();
    try {
      const stat = await fstatLater(fd);
      if (!stat.isFile()) throw this.#error(notAFile);
      if (stat.size > maxBytes) throw this.#tooLarge(stat.size, maxBytes);
      const buffer = Buffer.allocUnsafeSlow(stat.size);
      let got = 0;
      for (let bytes = 1; bytes > 0 && got < stat.size; got += bytes)
        bytes = (await readLater(fd, buffer, got, stat.size - got, got)).bytesRead;
      return buffer.subarray(0, got);
    } catch (error) {
      throw error instanceof MailSourceError ? error : this.#error(faultOf(error), error);
    } finally {
      await closeLater(fd);
    }
  }

  unknownCharset(name: string): void {
    const reason = 'has a header in a charset that is not known';
    this.#settings.reports.flaw('ERR_MAIL_SOURCE_CHARSET', reason, this.path, rawText(name));
  }

  #open(): number {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const { directory, name } = this.#place;
      try {
        return withDirectory(this.#root, [...this.#folder.directories, directory], ({ prefix }) =>
          openSync(forSystem(prefix + name), flags),
        );
      } catch (error) {
        if (!isAbsence(error)) throw this.#error(faultOf(error), error);
      }
      this.#place =
        listFolder(this.#root, this.#folder, this.#settings.reports).mails.get(this.#place.unique) ?? this.#place;
    }
    throw new MailSourceError('ERR_MAIL_SOURCE_GONE', 'is no longer there', { file: this.path });
  }

  #error({ code, reason }: Fault, cause?: unknown): MailSourceError {
    return new MailSourceError(code, reason, { file: this.path, cause });
  }

  #tooLarge(size: number, limit: number): MailSourceError {
    const cure = 'raise maxMessageBytes';
    const details = { file: this.path, value: size, limit, cure };
    return new MailSourceError('ERR_MAIL_SOURCE_TOO_LARGE', `has ${size} bytes, more than ${limit}`, details);
  }
}
