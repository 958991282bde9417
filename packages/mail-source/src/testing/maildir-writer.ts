import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Headers and body of a mail with ordinary headers, of which single ones can be replaced (or left out: undefined). */
export function mailText(headers: Readonly<Record<string, string | undefined>> = {}, body = 'Hello.\n'): string {
  const all = {
    From: 'Jane Doe <jane@example.org>',
    To: 'Me <me@example.org>',
    Subject: 'Hello',
    Date: 'Thu, 02 Jan 2020 03:04:05 +0100',
    'Message-ID': '<1@example.org>',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : `${name}: ${value}\n`));
  return `${lines.join('')}\n${body}`;
}

/** Writes mails into a Maildir as a delivery does: into `tmp`, then by a rename. */
export class MaildirWriter {
  readonly root: string;
  #written = 0;

  constructor(root: string) {
    this.root = root;
    this.folder('');
  }

  /** Makes a folder: `''` is the top, `.Sent` a Maildir++ folder with its `maildirfolder`. */
  folder(directory: string): this {
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(path.join(this.root, directory, name), { recursive: true });
    if (directory !== '') writeFileSync(path.join(this.root, directory, 'maildirfolder'), '');
    return this;
  }

  /**
   * Writes a file.
   *
   * @param place directory, `cur` or `new`, and name: `cur/1.a.host:2,S`, `.Sent/new/2.a.host`
   */
  write(place: string, content: string | Uint8Array, modifiedMs = Date.UTC(2015, 5, 1)): this {
    const target = path.join(this.root, place);
    const temporary = path.join(path.dirname(target), '..', 'tmp', String(this.#written++));
    writeFileSync(temporary, content);
    utimesSync(temporary, modifiedMs / 1000, modifiedMs / 1000);
    renameSync(temporary, target);
    return this;
  }
}
