import { renameSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { lastValueFrom, take, toArray } from 'rxjs';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../tools/testing/python.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import type { MailMessage } from './mail-message.ts';
import { maildirBatches } from './maildir/maildir-batches.ts';
import { maildirMessages } from './maildir-source.ts';
import { MaildirWriter } from './testing/maildir-writer.ts';
import { idsOf, mail } from './testing/mails.ts';
import { readAll } from './testing/read-all.ts';

const folder = tempFolder();
const maildir = (): MaildirWriter => new MaildirWriter(folder('Maildir'));

describe('the stream', () => {
  test('is read in batches of one to 64, in the order of names, new before cur', async () => {
    const writer = maildir();
    for (let index = 0; index < 150; index += 1)
      writer.write(`${index < 20 ? 'new' : 'cur'}/${1000 + index}`, mail(String(index)));
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
    const expected = Array.from({ length: 66 }, (_, index) => `${64 + index}@x.y`).filter(
      (id) => id !== '100@x.y' && id !== '101@x.y',
    );
    expect(rest).toEqual([...expected, '101@x.y']);
  });
});

describeWith([python], 'against Python', () => {
  test("the mails are those of Python's mailbox, with the same senders, subjects, ids and dates", async () => {
    const generator = new URL('../../../tools/generate/maildir.mjs', import.meta.url).href;
    const { generateMaildir } = (await import(generator)) as { generateMaildir: (options: object) => void };
    const root = folder('Generated');
    generateMaildir({ path: root, count: 600, seed: 11 });
    const writer = new MaildirWriter(root).folder('.Sent').folder('.Archive.2010');
    writer.write('.Sent/cur/1.a:2,S', mail('1')).write('.Archive.2010/new/2.a', mail('2'));
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
