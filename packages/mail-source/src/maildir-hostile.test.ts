import fc from 'fast-check';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { mailActivity } from './mail-activity.ts';
import { metricNames } from './metrics.ts';
import { MaildirWriter, mailText } from './testing/maildir-writer.ts';
import { codesOf, readAll } from './testing/read-all.ts';

const folder = tempFolder();
const maildir = (): MaildirWriter => new MaildirWriter(folder('Maildir'));

test('whatever the bytes of a file, it is a mail with texts of one line, or told of', async () => {
  let round = 0;
  const line = fc.oneof(
    fc.constantFrom(
      'From: a@b',
      'Subject: =?utf-8?Q?=C3=BC',
      'Date: Thu, 32 Foo',
      'To: "',
      'Message-ID: <',
      ' folded',
      '',
      '\u0000',
      'x',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  const text = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '')), { maxLength: 20 });
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    text.map((lines) => Buffer.from(lines.map(([each, end]) => each + end).join(''), 'latin1')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 20 }), async (files) => {
      round += 1;
      const writer = new MaildirWriter(folder(`Maildir${round}`));
      for (const [index, bytes] of files.entries()) writer.write(`cur/${index}:2,`, bytes);
      const { mails, metrics } = await readAll(writer.root);
      expect(mails.length + metrics.get(metricNames.rejected)).toBe(files.length);
      for (const mail of mails) {
        const { title, uid } = mailActivity(mail);
        for (const value of [mail.id, mail.subject, mail.fromText, mail.toText, title, uid])
          expect(value).not.toMatch(/\p{Cc}/u);
        expect(mail.date.timeMs).toBeGreaterThan(0);
        expect(mail.to.concat(mail.from, mail.cc).every(({ address }) => !/\p{Cc}/u.test(address))).toBe(true);
        await mail.text();
      }
    }),
    { numRuns: 60 },
  );
});

test('a mail with headers beyond the bound comes with those within it, and that is told', async () => {
  const writer = maildir();
  writer.write('cur/many', mailText({ 'X-Filler': `1\n${'X-Filler: 1\n'.repeat(100_000)}X-Last: 1`, Subject: 'many' }));
  writer.write('cur/long', mailText({ 'X-Filler': 'x'.repeat(10_000_000), Subject: 'long' }));
  writer.write('cur/first', `X-Filler: ${'x'.repeat(10_000_000)}\n${mailText()}`);
  const { mails, rejects } = await readAll(writer.root);
  expect(codesOf(rejects)).toEqual([
    'DATE first',
    'HEADERS_TOO_LONG first',
    'HEADERS_TOO_LONG long',
    'HEADERS_TOO_LONG many',
  ]);
  const bySubject = new Map(mails.map((mail) => [mail.subject, mail]));
  expect([...bySubject.keys()].sort()).toEqual(['', 'long', 'many']);
  expect(bySubject.get('long')?.headers('X-Filler')).toEqual([]);
  expect(bySubject.get('many')?.headers('X-Filler').length).toBeGreaterThan(80_000);
});

test('headers are read up to the bound that is set, to the byte', async () => {
  const text = mailText({ 'X-Filler': 'x'.repeat(30_000) });
  const size = text.indexOf('\n\n') + 2;
  const { root } = maildir().write('cur/1', text);
  expect((await readAll(root, { maxHeaderBytes: size })).rejects).toEqual([]);
  expect(codesOf((await readAll(root, { maxHeaderBytes: size - 1 })).rejects)).toEqual(['HEADERS_TOO_LONG 1']);
});

test.each([
  ['words', '=?utf-8?Q?=C3=BC?= '],
  ['words without an end', '=?utf-8?Q?a'],
  ['charsets that are not known', '=?x?Q?a?= '],
  ['brackets', '<'],
  ['quotes', '"'],
  ['comments', '(a'],
  ['commas', 'a,'],
  ['folds', '\n x'],
  ['blanks', '  '],
])('a megabyte of %s in every header takes no longer than it must', async (_, piece) => {
  const value = `x${piece.repeat(Math.floor(300_000 / piece.length))}x`;
  const headers = {
    From: value,
    To: value,
    Cc: value,
    Subject: value,
    Date: value,
    Received: value,
    'Message-ID': value,
  };
  const { mails } = await readAll(maildir().write('cur/1', mailText(headers)).root, {
    maxHeaderBytes: 16 * 2 ** 20,
    authors: ['x'],
  });
  const [mail] = mails;
  expect(mail?.subject.length).toBeGreaterThan(0);
  expect((mail?.to.length ?? 0) + (mail?.cc.length ?? 0)).toBeGreaterThan(0);
});

test('headers named like members of an object are headers and nothing else', async () => {
  const { mails } = await readAll(
    maildir().write('cur/1', mailText({ __proto__: undefined, constructor: 'a', toString: 'b' })).root,
  );
  expect(mails[0]?.headers('constructor')).toEqual(['a']);
  expect(mails[0]?.headers('__proto__')).toEqual([]);
  expect(mails[0]?.headers('hasOwnProperty')).toEqual([]);
});

test('a Message-ID that looks like a path is an id and nothing else', async () => {
  const { mails } = await readAll(maildir().write('cur/1', mailText({ 'Message-ID': '<../../etc/passwd>' })).root);
  expect(mails[0]?.id).toBe('../../etc/passwd');
  expect(Buffer.from((await mails[0]?.raw()) as Buffer).toString()).toContain('Hello');
});

test('charsets that are not known are told of once a mail', async () => {
  const { root } = maildir().write(
    'cur/1',
    mailText({ Subject: '=?x-a?Q?=C3=BC?= =?x-b?Q?a?=', To: '=?x-c?Q?a?= <a@b>' }),
  );
  const { mails, rejects } = await readAll(root);
  expect([mails[0]?.subject, mails[0]?.toText, mails[0]?.to[0]?.name]).toEqual(['üa', 'a <a@b>', 'a']);
  expect(rejects).toHaveLength(1);
  expect(rejects[0]).toMatchObject({ code: 'ERR_MAIL_SOURCE_CHARSET', value: 'x-a' });
});
