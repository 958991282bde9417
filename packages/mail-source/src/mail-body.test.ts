import { unlinkSync } from 'node:fs';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import type { MailMessage } from './mail-message.ts';
import type { MaildirOptions } from './options.ts';
import { MaildirWriter, mailText } from './testing/maildir-writer.ts';
import { readAll } from './testing/read-all.ts';

const folder = tempFolder();

async function read(content: string | Uint8Array, options: MaildirOptions = {}): Promise<MailMessage> {
  const { mails } = await readAll(new MaildirWriter(folder('Maildir')).write('cur/1', content).root, options);
  return mails[0] as MailMessage;
}
const typed = (type: string, body: string, more: Readonly<Record<string, string>> = {}): string =>
  mailText({ 'MIME-Version': '1.0', 'Content-Type': type, ...more }, body);

test('raw() gives the bytes of the file', async () => {
  const bytes = Buffer.concat([
    Buffer.from(mailText()),
    Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => index % 256)),
  ]);
  expect(Buffer.compare((await (await read(bytes)).raw()) as Buffer, bytes)).toBe(0);
});

test.each([
  ['plain text', mailText({}, 'a\r\nb\n'), 'a\nb\n'],
  ['a charset', Buffer.from(typed('text/plain; charset=iso-8859-1', 'Gr\u00fc\u00dfe\n'), 'latin1'), 'Grüße\n'],
  [
    'quoted-printable',
    typed('text/plain; charset=utf-8', 'Gr=C3=BC=\n=C3=9Fe\n', { 'Content-Transfer-Encoding': 'quoted-printable' }),
    'Grüße\n',
  ],
  [
    'base64',
    typed('text/plain; charset=utf-8', Buffer.from('Grüße').toString('base64'), {
      'Content-Transfer-Encoding': 'base64',
    }),
    'Grüße',
  ],
  [
    'alternatives',
    typed(
      'multipart/alternative; boundary=b',
      '--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<b>html</b>\n--b--\n',
    ),
    'plain\n',
  ],
  [
    'two text parts',
    typed('multipart/mixed; boundary=b', '--b\n\none\n--b\nContent-Type: text/plain\n\ntwo\n--b--\n'),
    'one\n\ntwo\n',
  ],
  [
    'an attachment',
    typed(
      'multipart/mixed; boundary=b',
      '--b\n\none\n--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\ntwo\n--b--\n',
    ),
    'one\n',
  ],
  ['HTML only', typed('text/html', '<b>html</b>'), ''],
  ['no body', mailText({}, ''), ''],
])('text() of a mail with %s', async (_, content, text) => {
  expect(await (await read(content)).text()).toBe(text);
});

test('a mail beyond maxMessageBytes has headers, but its bytes are refused with the limit', async () => {
  const mail = await read(mailText({}, 'x'.repeat(5000)), { maxMessageBytes: 4096 });
  expect(mail.subject).toBe('Hello');
  await expect(mail.raw()).rejects.toMatchObject({
    code: 'ERR_MAIL_SOURCE_TOO_LARGE',
    limit: 4096,
    value: mail.sizeBytes,
  });
  await expect(mail.text()).rejects.toThrow('more than 4096; raise maxMessageBytes');
});

test('the id of a mail without one, beyond maxMessageBytes, is made of the bytes up to there', async () => {
  const text = (end: string): string => mailText({ 'Message-ID': undefined }, 'x'.repeat(5000) + end);
  const ids = [];
  for (const [end, options] of [
    ['a', {}],
    ['b', {}],
    ['a', { maxMessageBytes: 4096 }],
    ['b', { maxMessageBytes: 4096 }],
  ] as const)
    ids.push((await read(text(end), options)).id);
  expect(ids[0]).not.toBe(ids[1]);
  expect(ids[2]).toBe(ids[3]);
});

test('parts nested a thousand deep are refused', async () => {
  const deep = Array.from(
    { length: 1000 },
    (_, index) => `--b${index}\nContent-Type: multipart/mixed; boundary=b${index + 1}\n\n`,
  ).join('');
  const mail = await read(typed('multipart/mixed; boundary=b0', deep));
  await expect(mail.text()).rejects.toMatchObject({ code: 'ERR_MAIL_SOURCE_BODY' });
});

test('the bytes of a mail that has been removed are gone', async () => {
  const mail = await read(mailText());
  unlinkSync(mail.path);
  await expect(mail.raw()).rejects.toMatchObject({ code: 'ERR_MAIL_SOURCE_GONE' });
});
