import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, readdirSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { mailText } from '../testing/maildir-writer.ts';
import { HeadReader } from './head-reader.ts';

const folder = tempFolder();
const reader = new HeadReader(65_536);
const { O_RDWR, O_NONBLOCK } = constants;

/** A mail of that many bytes. */
const mailOf = (bytes: number): string => mailText({}, 'x'.repeat(bytes - mailText({}, '').length));

test.each([200, 16_383, 16_384, 16_385, 100_000])(
  'a mail of %i bytes has that size, whether its type is known or not',
  (bytes) => {
    const path = folder('mail');
    writeFileSync(path, mailOf(bytes));
    for (const isFile of [true, false])
      expect(reader.read(path, isFile)).toMatchObject({ sizeBytes: bytes, isCut: false, identity: '1@example.org' });
  },
);

test('headers without an end are those of the whole file', () => {
  const path = folder('mail');
  const text = 'Subject: a\nDate: Thu, 02 Jan 2020 03:04:05 +0100\nMessage-ID: <a@b>';
  writeFileSync(path, text);
  expect(reader.read(path, true)).toMatchObject({ sizeBytes: text.length, identity: 'a@b', headers: { found: 3 } });
});

test('a FIFO that took the place of a file loses nothing of what is in it', () => {
  const path = folder('fifo');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, O_RDWR | O_NONBLOCK);
  writeSync(fd, mailText());
  expect(reader.read(path, true)).toMatchObject({ code: 'ERR_MAIL_SOURCE_NOT_A_FILE' });
  const buffer = Buffer.alloc(1000);
  expect(buffer.toString('latin1', 0, readSync(fd, buffer))).toBe(mailText());
  closeSync(fd);
});

test('directories and devices that took the place of a file are no files, and nothing is left open', () => {
  const directory = folder('directory');
  mkdirSync(directory);
  const before = readdirSync('/proc/self/fd').length;
  for (const path of [directory, '/dev/null', '/dev/zero'])
    expect(reader.read(path, true)).toMatchObject({ code: 'ERR_MAIL_SOURCE_NOT_A_FILE' });
  expect(readdirSync('/proc/self/fd').length).toBe(before);
});
