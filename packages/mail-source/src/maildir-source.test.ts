import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lastValueFrom, take, toArray } from 'rxjs';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { generateMaildir } from '../../../tools/generate/maildir.mjs';
import type { MailMessage } from './mail-message.ts';
import { maildirBatches, maildirMessages } from './maildir-source.ts';
import { metricNames } from './metrics.ts';
import { MaildirWriter, mailText } from './testing/maildir-writer.ts';
import { askPython, python } from './testing/python.ts';
import { codesOf, readAll } from './testing/read-all.ts';
import { tempFolder } from './testing/temp-folder.ts';

const folder = tempFolder();
const maildir = (): MaildirWriter => new MaildirWriter(folder('Maildir'));
const only = async ({ root }: MaildirWriter): Promise<MailMessage> => {
  const { mails } = await readAll(root);
  expect(mails).toHaveLength(1);
  return mails[0] as MailMessage;
};
const idsOf = (mails: readonly MailMessage[]): string[] => mails.map(({ id }) => id);
/** Mails named by their ids. */
const mail = (id: string, headers: Readonly<Record<string, string | undefined>> = {}): string =>
  mailText({ 'Message-ID': `<${id}@x.y>`, ...headers });

describe('a mail', () => {
  test('is read with all that its headers tell', async () => {
    const text = mailText({
      From: '=?utf-8?Q?J=C3=BCrgen?= <j@x.y>',
      To: 'a@x.y,\n\t"B, b" <b@x.y>',
      Cc: 'Team: c@x.y;',
      Subject: '=?utf-8?B?R3LDvMOf?=\n =?utf-8?B?ZQ==?= you',
      Received: 'from a; x\nReceived: from b; y',
    });
    const read = await only(maildir().write('cur/1.host,S=9:2,SF', text));
    expect(read).toMatchObject({
      id: '1@example.org',
      messageId: '1@example.org',
      source: { kind: 'mail', id: 'mail', label: '' },
      folder: '',
      path: folder('Maildir/cur/1.host,S=9:2,SF'),
      flags: 'FS',
      sizeBytes: Buffer.byteLength(text),
      date: { timeMs: Date.UTC(2020, 0, 2, 2, 4, 5), tzMinutes: 60, source: 'date' },
      from: [{ name: 'Jürgen', address: 'j@x.y' }],
      cc: [{ name: '', address: 'c@x.y' }],
      fromText: 'Jürgen <j@x.y>',
      subject: 'Grüße you',
    });
    expect(read.to).toEqual([
      { name: '', address: 'a@x.y' },
      { name: 'B, b', address: 'b@x.y' },
    ]);
    expect(read.toText).toBe('a@x.y, "B, b" <b@x.y>');
    expect(read.headers('RECEIVED')).toEqual(['from a; x', 'from b; y']);
    expect(read.headers('X-Nothing')).toEqual([]);
  });

  test('with CR LF is read like one with LF', async () => {
    const read = await only(maildir().write('new/1', mailText({ Subject: 'a\n b' }).replaceAll('\n', '\r\n')));
    expect([read.subject, read.id, read.flags]).toEqual(['a b', '1@example.org', '']);
  });

  test('that begins with the From line of an mbox is read', async () => {
    expect((await only(maildir().write('cur/1', `From me Thu Jan  2 03:04:05 2020\n${mailText()}`))).subject).toBe('Hello');
  });

  test('without a body, without an empty line, without a last line break is read', async () => {
    const { mails } = await readAll(maildir().write('cur/1', 'Subject: a').write('cur/2', 'Subject: b\n').write('cur/3', 'Subject: c\n\n').root);
    expect(mails.map(({ subject }) => subject)).toEqual(['a', 'b', 'c']);
  });

  test('without headers of interest has texts that are empty, an id of its bytes and the time of its file', async () => {
    const text = 'X-Other: 1\n\nbody\n';
    const read = await only(maildir().write('cur/1', text, Date.UTC(2015, 5, 1)));
    expect(read).toMatchObject({
      id: `sha256-${createHash('sha256').update(text).digest('hex')}`,
      from: [],
      to: [],
      cc: [],
      fromText: '',
      toText: '',
      subject: '',
      date: { timeMs: Date.UTC(2015, 5, 1), source: 'mtime' },
    });
    expect('messageId' in read).toBe(false);
    expect('tzMinutes' in read.date).toBe(false);
  });

  test('of two Subject headers has the first, of two To headers both', async () => {
    const read = await only(maildir().write('cur/1', mailText({ Subject: 'a\nSubject: b', To: 'a@x.y\nTo: b@x.y' })));
    expect([read.subject, read.toText]).toEqual(['a', 'a@x.y, b@x.y']);
    expect(read.to.map(({ address }) => address)).toEqual(['a@x.y', 'b@x.y']);
  });

  test('whose id is longer than a line may be gets one of its bytes', async () => {
    expect((await only(maildir().write('cur/1', mail('x'.repeat(1000))))).id).toMatch(/^sha256-[0-9a-f]{64}$/);
  });
});

describe('a date', () => {
  test.each(['garbage', 'Thu, 32 Foo 2010 99:99:99', '', '0', undefined])('%j gives way to that of the first Received header', async (date) => {
    const received = 'from a; by b;\n\tWed, 1 Jan 2020 10:00:00 +0100\nReceived: from c; Wed, 1 Jan 2020 09:00:00 +0100';
    const { mails, rejects } = await readAll(maildir().write('cur/1', mailText({ Received: received, Date: date })).root);
    expect(mails[0]?.date).toEqual({ timeMs: Date.UTC(2020, 0, 1, 9), tzMinutes: 60, source: 'received' });
    expect(codesOf(rejects)).toEqual(['DATE 1']);
  });

  test('is the time of the file where no header has one, and that is told', async () => {
    const { mails, rejects } = await readAll(maildir().write('cur/1', mailText({ Date: 'x', Received: 'from a; soon' }), 86_400_000).root);
    expect(mails[0]?.date).toEqual({ timeMs: 86_400_000, source: 'mtime' });
    expect(rejects[0]).toMatchObject({ value: 'x', reason: "has a Date header that is no date; the file's time is taken" });
  });
});

describe('folders', () => {
  test('are the top and those of Maildir++, by their names, whatever else lies about', async () => {
    const writer = maildir().folder('.Sent').folder('.Archive.2010').folder('.Entw&APw-rfe').folder('.Sent/.Old');
    writer.write('cur/1:2,', mail('1')).write('new/2', mail('2'));
    writer.write('.Sent/cur/3:2,S', mail('3')).write('.Archive.2010/new/4', mail('4'));
    writer.write('.Entw&APw-rfe/cur/5:2,D', mail('5')).write('.Sent/.Old/cur/6:2,', mail('6'));
    writer.write('tmp/7', mail('7')).write('cur/.hidden', mail('8'));
    for (const stray of ['dovecot.index', 'dovecot-uidlist', 'subscriptions', 'courierimapuiddb', '.mailfilter', 'maildirsize'])
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
    const writer = maildir().folder('.Sent').folder('.Sent.Old').write('cur/1', mail('1')).write('.Sent/cur/2', mail('2')).write('.Sent.Old/cur/3', mail('3'));
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

  test.each(['nowhere', 'plain', 'empty'])('a path that is no Maildir (%s) ends the stream with an error that says so', async (name) => {
    writeFileSync(folder('plain'), '');
    mkdirSync(folder('empty'));
    const error = await lastValueFrom(maildirMessages(folder(name))).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'ERR_MAIL_SOURCE_NO_MAILDIR', file: folder(name) });
    expect((error as Error).message).toMatch(/; name a directory with cur and new in it$/);
  });

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
    const writer = maildir().write('cur/1', mail('1')).write('cur/empty', '').write('cur/text', 'just text\n').write('cur/blank', '\nbody\n');
    writer.write('new/binary', Uint8Array.from({ length: 20_000 }, (_, index) => index % 256));
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
    const secret = new MaildirWriter(folder('Secret')).folder('.Private').write('cur/9', mail('secret')).write('.Private/cur/9', mail('secret'));
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

describe('filters', () => {
  const three = (): string =>
    maildir()
      .write('cur/1', mail('1', { From: 'Jane <JANE@example.org>', Date: 'Wed, 01 Jan 2020 00:00:00 +0000' }))
      .write('cur/2', mail('2', { From: '=?utf-8?Q?J=C3=BCrgen?= <j@x.y>', Received: 'from [10.1.0.33]', Date: 'Thu, 02 Jan 2020 00:00:00 +0000' }))
      .write('cur/3', mail('3', { From: '"jane@example.org" <other@x.y>', Date: 'Fri, 03 Jan 2020 00:00:00 +0000' })).root;

  test.each([
    ['a part of From in any case', { authors: ['jane@EXAMPLE.org'] }, ['1', '3']],
    ['a decoded name', { authors: ['jürgen'] }, ['2']],
    ['any of several', { authors: ['jürgen', 'other@'] }, ['2', '3']],
    ['a function over addresses', { authors: [({ address }: { address: string }) => /^jane@/i.test(address)] }, ['1']],
    ['none that is there', { authors: ['nobody'] }, []],
    ['a text in Received to be left out', { excludeReceived: ['10.1.0.33'] }, ['1', '3']],
    ['a time from which on', { fromMs: Date.UTC(2020, 0, 2) }, ['2', '3']],
    ['a time before which', { untilMs: Date.UTC(2020, 0, 2) }, ['1']],
    ['several conditions', { authors: ['jane', 'j@x.y'], fromMs: Date.UTC(2020, 0, 2), excludeReceived: ['10.1'] }, ['3']],
  ])('%s', async (_, options, ids) => {
    const { mails, metrics } = await readAll(three(), options);
    expect(idsOf(mails)).toEqual(ids.map((id) => `${id}@x.y`));
    expect(metrics.get(metricNames.filtered)).toBe(3 - ids.length);
  });
});

describe('the stream', () => {
  test('is read in batches of one to 64, in the order of names, new before cur', async () => {
    const writer = maildir();
    for (let index = 0; index < 150; index += 1) writer.write(`${index < 20 ? 'new' : 'cur'}/${1000 + index}`, mail(String(index)));
    const { mails, batches } = await readAll(writer.root);
    expect(idsOf(mails)).toEqual(Array.from({ length: 150 }, (_, index) => `${index}@x.y`));
    expect(batches).toEqual([20, 64, 64, 2]);
  });

  test('an Observable is cold and gives each subscriber all', async () => {
    const mails = maildirMessages(maildir().write('cur/1', mail('1')).root);
    new MaildirWriter(folder('Maildir')).write('cur/2', mail('2'));
    expect(idsOf(await lastValueFrom(mails.pipe(toArray())))).toEqual(['1@x.y', '2@x.y']);
    expect(idsOf(await lastValueFrom(mails.pipe(toArray())))).toEqual(['1@x.y', '2@x.y']);
    expect((await lastValueFrom(mails.pipe(take(1)))).id).toBe('1@x.y');
  });

  test('nothing is read while a batch is being worked on', async () => {
    const writer = maildir();
    for (let index = 0; index < 200; index += 1) writer.write(`cur/${1000 + index}`, mail(String(index)));
    const iterator = maildirBatches(writer.root)[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toHaveLength(64);
    for (let index = 64; index < 200; index += 1) unlinkSync(path.join(writer.root, `cur/${1000 + index}`));
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test('an abort completes it, before and while it is read', async () => {
    const writer = maildir();
    for (let index = 0; index < 200; index += 1) writer.write(`cur/${1000 + index}`, mail(String(index)));
    expect((await readAll(writer.root, { signal: AbortSignal.abort() })).mails).toEqual([]);
    const abort = new AbortController();
    const seen: MailMessage[] = [];
    for await (const batch of maildirBatches(writer.root, { signal: abort.signal })) {
      seen.push(...batch);
      abort.abort();
    }
    expect(seen).toHaveLength(64);
  });

  test('tells of progress at its end, with the number of files there were', async () => {
    const writer = maildir().folder('.A').write('cur/1', mail('1')).write('.A/cur/2', mail('2')).write('cur/3', '');
    const told: unknown[] = [];
    await readAll(writer.root, { onProgress: (progress) => void told.push(progress), authors: ['nobody'] });
    expect(told).toEqual([{ mails: 3, total: 3 }]);
  });

  test('a mail that lies in new and in cur, as in the midst of a move, comes once', async () => {
    const { mails } = await readAll(maildir().write('new/1.host', mail('1')).write('cur/1.host:2,S', mail('1')).root);
    expect(mails.map(({ flags }) => flags)).toEqual(['S']);
  });

  test('a mail that is removed after it was listed is counted, and the rest comes', async () => {
    const writer = maildir();
    for (let index = 0; index < 130; index += 1) writer.write(`cur/${1000 + index}`, mail(String(index)));
    const iterator = maildirBatches(writer.root)[Symbol.asyncIterator]();
    await iterator.next();
    unlinkSync(path.join(writer.root, 'cur/1100'));
    renameSync(path.join(writer.root, 'cur/1101'), path.join(writer.root, 'cur/1101:2,S'));
    const rest: string[] = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) rest.push(...idsOf(next.value));
    const expected = Array.from({ length: 66 }, (_, index) => `${64 + index}@x.y`).filter((id) => id !== '100@x.y' && id !== '101@x.y');
    expect(rest).toEqual([...expected, '101@x.y']);
  });
});

describeWith([python], 'against Python', () => {
  test("the mails are those of Python's mailbox, with the same senders, subjects, ids and dates", async () => {
    const root = folder('Generated');
    generateMaildir({ path: root, count: 600, seed: 11 });
    const writer = new MaildirWriter(root).folder('.Sent').folder('.Archive.2010');
    writer.write('.Sent/cur/1.a:2,S', mail('1')).write('.Archive.2010/new/2.a', mail('2')).write('cur/.dot', mail('3'));
    const theirs = askPython<Record<string, string[]>>(
      `
import mailbox
from email.header import decode_header, make_header
from email.utils import mktime_tz, parsedate_tz
root = json.load(sys.stdin)
def walk(name, box):
    for key, mail in box.items():
        try: date = str(mktime_tz(parsedate_tz(mail['date'])))
        except Exception: date = ''
        text = lambda header: ' '.join(str(make_header(decode_header(mail[header] or ''))).split())
        yield key, [name, text('from'), text('subject'), mail['message-id'], date]
    for each in box.list_folders(): yield from walk(each, box.get_folder(each))
json.dump(dict(walk('', mailbox.Maildir(root, create=False))), sys.stdout)
`,
      root,
    );
    const { mails } = await readAll(root);
    const ours = mails.map((one) => [
      path.basename(one.path).split(':')[0],
      [
        one.folder.replace('/', '.'),
        one.fromText,
        one.subject.replace(/\s+/g, ' '),
        `<${one.messageId}>`,
        one.date.source === 'date' ? String(one.date.timeMs / 1000) : '',
      ],
    ]);
    expect(mails).toHaveLength(602);
    expect(Object.fromEntries(ours)).toEqual(theirs);
  });
});
