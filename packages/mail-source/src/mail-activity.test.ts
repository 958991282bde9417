import type { Reject } from '@sluice/pipeline';
import { lastValueFrom, from as stream, toArray } from 'rxjs';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { mailActivities } from './mail-activities.ts';
import { mailActivity } from './mail-activity.ts';
import type { MailMessage } from './mail-message.ts';
import { MaildirWriter, mailText } from './testing/maildir-writer.ts';
import { readAll } from './testing/read-all.ts';
import { toActivities } from './to-activities.ts';

const folder = tempFolder();

async function read(...contents: readonly string[]): Promise<readonly MailMessage[]> {
  const writer = new MaildirWriter(folder('Maildir')).folder('.Sent');
  for (const [index, content] of contents.entries()) writer.write(`.Sent/cur/${100 + index}`, content);
  return (await readAll(writer.root)).mails;
}
const readOne = async (headers: Readonly<Record<string, string | undefined>> = {}): Promise<MailMessage> =>
  (await read(mailText(headers)))[0] as MailMessage;

test('a mail is an instant with its subject, its people, its author and its folder', async () => {
  expect(mailActivity(await readOne())).toEqual({
    uid: '1@example.org',
    source: { kind: 'mail', id: 'mail', label: 'Sent' },
    startMs: Date.UTC(2020, 0, 2, 2, 4, 5),
    tzMinutes: 60,
    title: 'Hello',
    text: 'From: Jane Doe <jane@example.org>\nTo: Me <me@example.org>',
    author: { name: 'Jane Doe', email: 'jane@example.org' },
    categories: ['Sent'],
  });
});

test('the body stands below its people, where it is given', async () => {
  const { text } = mailActivity(await readOne(), { text: 'Hello.\n' });
  expect(text).toBe('From: Jane Doe <jane@example.org>\nTo: Me <me@example.org>\n\nHello.\n');
});

test('a confidential one has neither subject nor people nor body', async () => {
  const activity = mailActivity(await readOne(), { confidential: true, text: 'secret' });
  expect(activity).toMatchObject({ title: 'Mail', uid: '1@example.org', categories: ['Sent'] });
  expect('text' in activity).toBe(false);
});

test('without subject, sender and zone it says so or leaves them out', async () => {
  const activity = mailActivity(
    await readOne({ From: undefined, Subject: undefined, Date: 'Thu, 02 Jan 2020 03:04:05 -0000' }),
  );
  expect(activity.title).toBe('(no subject)');
  expect(activity.text).toBe('From: \nTo: Me <me@example.org>');
  expect('author' in activity || 'tzMinutes' in activity).toBe(false);
});

test.each([
  ['<a@b>', 'a@b'],
  ['<no-at-sign>', 'no-at-sign@mail'],
  ['<a@b@c>', 'a@b@c@mail'],
])('of the Message-ID %s the uid is %s', async (id, uid) => {
  expect(mailActivity(await readOne({ 'Message-ID': id })).uid).toBe(uid);
});

test('without a Message-ID the uid is made of the bytes, the same each time', async () => {
  const [first, second] = [await readOne({ 'Message-ID': undefined }), await readOne({ 'Message-ID': undefined })];
  expect(mailActivity(first).uid).toMatch(/^sha256-[0-9a-f]{64}@mail$/);
  expect(mailActivity(second).uid).toBe(mailActivity(first).uid);
});

describe.each([
  ['mailActivities', (mails: readonly MailMessage[], options: object) => mailActivities(mails, options)],
  [
    'toActivities',
    (mails: readonly MailMessage[], options: object) =>
      lastValueFrom(stream(mails).pipe(toActivities(options), toArray())),
  ],
])('%s', (_, activitiesOf) => {
  const two = (): Promise<readonly MailMessage[]> =>
    read(mailText({ Subject: 'a' }, 'body a'), mailText({ Subject: 'b' }, 'body b'));

  test('makes one of each mail, in their order', async () => {
    const activities = await activitiesOf(await two(), {});
    expect(activities.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(activities.some(({ text }) => text?.includes('body'))).toBe(false);
  });

  test('reads their bodies if it is to', async () => {
    const activities = await activitiesOf(await two(), { body: true });
    expect(activities.map(({ title, text }) => [title, text?.split('\n').at(-2)])).toEqual([
      ['a', 'body a'],
      ['b', 'body b'],
    ]);
  });

  test('reads no body of what is confidential', async () => {
    const activities = await activitiesOf(await two(), { body: true, confidential: true });
    expect(activities.map(({ title, text }) => [title, text])).toEqual([
      ['Mail', undefined],
      ['Mail', undefined],
    ]);
  });

  test('tells of a body that cannot be read, and makes the activity without it', async () => {
    const writer = new MaildirWriter(folder('Large')).write('cur/1', mailText({ Subject: 'a' }, 'x'.repeat(5000)));
    const { mails } = await readAll(writer.root, { maxMessageBytes: 4096 });
    const rejects: Reject[] = [];
    const activities = await activitiesOf(mails, {
      body: true,
      rejects: { next: (reject: Reject) => void rejects.push(reject) },
    });
    expect(activities.map(({ title, text }) => [title, text?.includes('xxx')])).toEqual([['a', false]]);
    expect(rejects).toMatchObject([
      { component: 'mail-source', code: 'ERR_MAIL_SOURCE_TOO_LARGE', path: `${writer.root}/cur/1` },
    ]);
  });

  test('stops at an abort', async () => {
    expect(await activitiesOf(await two(), { body: true, signal: AbortSignal.abort() })).toEqual([]);
  });
});

test('toActivities ends with an error, and loses nothing silently, when more mails wait for their bodies than may', async () => {
  const mails = await read(...Array.from({ length: 6 }, (_, index) => mailText({ Subject: String(index) })));
  await expect(
    lastValueFrom(stream(mails).pipe(toActivities({ body: true, maxQueued: 2 }), toArray())),
  ).rejects.toMatchObject({
    code: 'ERR_PIPELINE_OVERFLOW',
  });
});
