import { createHash } from 'node:crypto';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { metricNames } from './metrics.ts';
import { MaildirWriter, mailText } from './testing/maildir-writer.ts';
import { idsOf, mail, only } from './testing/mails.ts';
import { codesOf, readAll } from './testing/read-all.ts';

const folder = tempFolder();
const maildir = (): MaildirWriter => new MaildirWriter(folder('Maildir'));

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
    expect((await only(maildir().write('cur/1', `From me Thu Jan  2 03:04:05 2020\n${mailText()}`))).subject).toBe(
      'Hello',
    );
  });

  test('without a body, without an empty line, without a last line break is read', async () => {
    const { mails } = await readAll(
      maildir().write('cur/1', 'Subject: a').write('cur/2', 'Subject: b\n').write('cur/3', 'Subject: c\n\n').root,
    );
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
  test.each(['garbage', 'Thu, 32 Foo 2010 99:99:99', '', '0', undefined])(
    '%j gives way to that of the first Received header',
    async (date) => {
      const received =
        'from a; by b;\n\tWed, 1 Jan 2020 10:00:00 +0100\nReceived: from c; Wed, 1 Jan 2020 09:00:00 +0100';
      const { mails, rejects } = await readAll(
        maildir().write('cur/1', mailText({ Received: received, Date: date })).root,
      );
      expect(mails[0]?.date).toEqual({ timeMs: Date.UTC(2020, 0, 1, 9), tzMinutes: 60, source: 'received' });
      expect(codesOf(rejects)).toEqual(['DATE 1']);
    },
  );

  test('is the time of the file where no header has one, and that is told', async () => {
    const { mails, rejects } = await readAll(
      maildir().write('cur/1', mailText({ Date: 'x', Received: 'from a; soon' }), 86_400_000).root,
    );
    expect(mails[0]?.date).toEqual({ timeMs: 86_400_000, source: 'mtime' });
    expect(rejects[0]).toMatchObject({
      value: 'x',
      reason: "has a Date header that is no date; the file's time is taken",
    });
  });
});

describe('filters', () => {
  const three = (): string =>
    maildir()
      .write('cur/1', mail('1', { From: 'Jane <JANE@example.org>', Date: 'Wed, 01 Jan 2020 00:00:00 +0000' }))
      .write(
        'cur/2',
        mail('2', {
          From: '=?utf-8?Q?J=C3=BCrgen?= <j@x.y>',
          Received: 'from [10.1.0.33]',
          Date: 'Thu, 02 Jan 2020 00:00:00 +0000',
        }),
      )
      .write('cur/3', mail('3', { From: '"jane@example.org" <other@x.y>', Date: 'Fri, 03 Jan 2020 00:00:00 +0000' }))
      .root;

  test.each([
    ['a part of From in any case', { authors: ['jane@EXAMPLE.org'] }, ['1', '3']],
    ['a decoded name', { authors: ['jürgen'] }, ['2']],
    ['any of several', { authors: ['jürgen', 'other@'] }, ['2', '3']],
    ['a function over addresses', { authors: [({ address }: { address: string }) => /^jane@/i.test(address)] }, ['1']],
    ['none that is there', { authors: ['nobody'] }, []],
    ['a text in Received to be left out', { excludeReceived: ['10.1.0.33'] }, ['1', '3']],
    ['a time from which on', { fromMs: Date.UTC(2020, 0, 2) }, ['2', '3']],
    ['a time before which', { untilMs: Date.UTC(2020, 0, 2) }, ['1']],
    [
      'several conditions',
      { authors: ['jane', 'j@x.y'], fromMs: Date.UTC(2020, 0, 2), excludeReceived: ['10.1'] },
      ['3'],
    ],
  ])('%s', async (_, options, ids) => {
    const { mails, metrics } = await readAll(three(), options);
    expect(idsOf(mails)).toEqual(ids.map((id) => `${id}@x.y`));
    expect(metrics.get(metricNames.filtered)).toBe(3 - ids.length);
  });
});
