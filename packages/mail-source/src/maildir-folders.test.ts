import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastValueFrom } from 'rxjs';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import type { MailMessage } from './mail-message.ts';
import { maildirMessages } from './maildir-source.ts';
import { metricNames } from './metrics.ts';
import { MaildirWriter } from './testing/maildir-writer.ts';
import { idsOf, mail, only } from './testing/mails.ts';
import { codesOf, readAll } from './testing/read-all.ts';

const folder = tempFolder();
const maildir = (): MaildirWriter => new MaildirWriter(folder('Maildir'));

describe('folders', () => {
  test('are the top and those of Maildir++, by their names, whatever else lies about', async () => {
    const writer = maildir().folder('.Sent').folder('.Archive.2010').folder('.Entw&APw-rfe').folder('.Sent/.Old');
    writer.write('cur/1:2,', mail('1')).write('new/2', mail('2'));
    writer.write('.Sent/cur/3:2,S', mail('3')).write('.Archive.2010/new/4', mail('4'));
    writer.write('.Entw&APw-rfe/cur/5:2,D', mail('5')).write('.Sent/.Old/cur/6:2,', mail('6'));
    writer.write('tmp/7', mail('7')).write('cur/.hidden', mail('8'));
    for (const stray of [
      'dovecot.index',
      'dovecot-uidlist',
      'subscriptions',
      'courierimapuiddb',
      '.mailfilter',
      'maildirsize',
    ])
      writeFileSync(path.join(writer.root, stray), 'stray');
    mkdirSync(path.join(writer.root, '.notmuch/xapian'), { recursive: true });
    mkdirSync(path.join(writer.root, 'Plain/cur'), { recursive: true });
    const { mails, rejects } = await readAll(writer.root);
    expect(mails.map((one) => [one.folder, one.id, one.source.label])).toEqual([
      ['', '2@x.y', ''],
      ['', '1@x.y', ''],
      ['Archive/2010', '4@x.y', 'Archive/2010'],
      ['Entwürfe', '5@x.y', 'Entwürfe'],
      ['Sent', '3@x.y', 'Sent'],
      ['Sent/Old', '6@x.y', 'Sent/Old'],
    ]);
    expect(rejects).toEqual([]);
  });

  test('are those that are asked for, and one that is not there is told of', async () => {
    const writer = maildir()
      .folder('.Sent')
      .folder('.Sent.Old')
      .write('cur/1', mail('1'))
      .write('.Sent/cur/2', mail('2'))
      .write('.Sent.Old/cur/3', mail('3'));
    const { mails, rejects } = await readAll(writer.root, { folders: ['Sent', 'Drafts'] });
    expect(idsOf(mails)).toEqual(['2@x.y']);
    expect(codesOf(rejects)).toEqual(['NO_FOLDER Maildir']);
    expect(idsOf((await readAll(writer.root, { folders: [''] })).mails)).toEqual(['1@x.y']);
  });

  test('below a directory that is no Maildir itself are read', async () => {
    const writer = maildir().folder('.Sent').write('.Sent/cur/1', mail('1'));
    for (const name of ['cur', 'new', 'tmp']) rmSync(path.join(writer.root, name), { recursive: true });
    expect(idsOf((await readAll(writer.root)).mails)).toEqual(['1@x.y']);
  });

  test('without new, or without cur, are folders', async () => {
    const writer = maildir().folder('.A').write('.A/cur/1', mail('1')).write('new/2', mail('2'));
    rmSync(path.join(writer.root, '.A/new'), { recursive: true });
    rmSync(path.join(writer.root, 'cur'), { recursive: true });
    expect(idsOf((await readAll(writer.root)).mails)).toEqual(['2@x.y', '1@x.y']);
  });

  test.each(['nowhere', 'plain', 'empty'])(
    'a path that is no Maildir (%s) ends the stream with an error that says so',
    async (name) => {
      writeFileSync(folder('plain'), '');
      mkdirSync(folder('empty'));
      const error = await lastValueFrom(maildirMessages(folder(name))).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: 'ERR_MAIL_SOURCE_NO_MAILDIR', file: folder(name) });
      expect((error as Error).message).toMatch(/; name a directory with cur and new in it$/);
    },
  );

  test('may lie behind a link that the user names, and be named with a slash at the end', async () => {
    const { root } = maildir().write('cur/1', mail('1'));
    symlinkSync(root, folder('link'));
    expect(idsOf((await readAll(`${folder('link')}/`)).mails)).toEqual(['1@x.y']);
  });

  test('names that are not UTF-8 are read', async () => {
    const { root } = maildir();
    const directory = Buffer.concat([Buffer.from(`${root}/.`), Buffer.from([0xfc])]);
    mkdirSync(directory);
    mkdirSync(Buffer.concat([directory, Buffer.from('/cur')]));
    writeFileSync(Buffer.concat([directory, Buffer.from('/cur/1\xff:2,', 'latin1')]), mail('1'));
    const { mails } = await readAll(root);
    expect(mails.map((one) => [one.folder, one.id])).toEqual([['ü', '1@x.y']]);
    expect(Buffer.from((await (mails[0] as MailMessage).raw()) as Buffer).toString()).toBe(mail('1'));
  });
});

describe('what is no mail', () => {
  test('is left out, told of and counted', async () => {
    const writer = maildir()
      .write('cur/1', mail('1'))
      .write('cur/empty', '')
      .write('cur/text', 'just text\n')
      .write('cur/blank', '\nbody\n');
    writer.write(
      'new/binary',
      Uint8Array.from({ length: 20_000 }, (_, index) => index % 256),
    );
    mkdirSync(path.join(writer.root, 'cur/directory'));
    execFileSync('mkfifo', [path.join(writer.root, 'cur/fifo')]);
    const { mails, rejects, metrics } = await readAll(writer.root);
    expect(idsOf(mails)).toEqual(['1@x.y']);
    expect(codesOf(rejects)).toEqual([
      'EMPTY empty',
      'NOT_A_FILE directory',
      'NOT_A_FILE fifo',
      'NOT_A_MAIL binary',
      'NOT_A_MAIL blank',
      'NOT_A_MAIL text',
    ]);
    expect(metrics.get(metricNames.rejected)).toBe(6);
    expect(metrics.get(metricNames.found)).toBe(7);
  });
});

describe('symbolic links', () => {
  test('are not followed, whether they stand for a mail, a half of a folder or a folder', async () => {
    const secret = new MaildirWriter(folder('Secret'))
      .folder('.Private')
      .write('cur/9', mail('secret'))
      .write('.Private/cur/9', mail('secret'));
    const writer = maildir().folder('.Sent').write('cur/1', mail('1'));
    symlinkSync(path.join(secret.root, 'cur/9'), path.join(writer.root, 'cur/2'));
    symlinkSync(folder('nowhere'), path.join(writer.root, 'cur/3'));
    symlinkSync(path.join(secret.root, '.Private'), path.join(writer.root, '.Private'));
    rmSync(path.join(writer.root, '.Sent/cur'), { recursive: true });
    symlinkSync(path.join(secret.root, 'cur'), path.join(writer.root, '.Sent/cur'));
    const { mails, rejects } = await readAll(writer.root);
    expect(idsOf(mails)).toEqual(['1@x.y']);
    expect(codesOf(rejects)).toEqual(['SYMLINK .Private', 'SYMLINK 2', 'SYMLINK 3', 'SYMLINK cur']);
  });

  test('that take the place of a mail, or of its folder, after it was read, do not make raw() follow them', async () => {
    const secret = new MaildirWriter(folder('Secret')).write('cur/1', mail('secret'));
    const writer = maildir().write('cur/1', mail('1'));
    const read = await only(writer);
    unlinkSync(path.join(writer.root, 'cur/1'));
    symlinkSync(path.join(secret.root, 'cur/1'), path.join(writer.root, 'cur/1'));
    await expect(read.raw()).rejects.toMatchObject({ code: 'ERR_MAIL_SOURCE_SYMLINK' });
    rmSync(path.join(writer.root, 'cur'), { recursive: true });
    symlinkSync(path.join(secret.root, 'cur'), path.join(writer.root, 'cur'));
    await expect(read.raw()).rejects.toMatchObject({ name: 'MailSourceError' });
  });
});
