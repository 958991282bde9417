import { readdirSync } from 'node:fs';
import path from 'node:path';
import { killChildren, startChild } from '../../../tools/testing/child.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import type { MailMessage } from './mail-message.ts';
import { maildirBatches } from './maildir/maildir-batches.ts';
import { metricNames } from './metrics.ts';
import { MaildirWriter, mailText } from './testing/maildir-writer.ts';
import { readAll } from './testing/read-all.ts';

const folder = tempFolder();
afterEach(killChildren);

const thousand = Array.from({ length: 1000 }, (_, index) => `${index}@x.y`);
const numerically = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);

function writeThousand(): string {
  const writer = new MaildirWriter(folder('Maildir'));
  for (let index = 0; index < 1000; index += 1)
    writer.write(
      `${index % 2 === 0 ? 'new' : 'cur'}/${1000 + index}.host`,
      mailText({ 'Message-ID': `<${index}@x.y>` }),
    );
  return writer.root;
}

test('each of 1,000 mails that another process renames all the time comes exactly once', async () => {
  const root = writeThousand();
  await startChild(new URL('./testing/renaming-child.mjs', import.meta.url), [root]);
  let renamed = 0;
  for (let round = 0; round < 5; round += 1) {
    const { mails, rejects, metrics } = await readAll(root);
    expect(mails.map(({ id }) => id).sort(numerically)).toEqual(thousand);
    expect(rejects).toEqual([]);
    renamed += metrics.get(metricNames.renamed);
  }
  expect(renamed).toBeGreaterThan(0);
});

test('the bytes of a mail that has been renamed since are found again', async () => {
  const root = writeThousand();
  const { mails } = await readAll(root);
  await startChild(new URL('./testing/renaming-child.mjs', import.meta.url), [root]);
  for (const mail of mails.filter((_, index) => index % 20 === 0)) {
    const raw = Buffer.from((await mail.raw()) as Buffer).toString();
    expect(raw).toContain(`<${mail.id}>`);
  }
});

test('no file is left open, and no mail of another Maildir is read, whatever links are put in the way', async () => {
  const other = new MaildirWriter(folder('Other'));
  const writer = new MaildirWriter(folder('Maildir'));
  for (let index = 0; index < 50; index += 1) {
    writer.write(`cur/${1000 + index}`, mailText({ 'Message-ID': `<${index}@x.y>` }));
    other.write(`cur/${1000 + index}`, mailText({ 'Message-ID': '<secret@x.y>' }));
  }
  await startChild(new URL('./testing/swapping-child.mjs', import.meta.url), [writer.root, other.root]);
  const openFiles = (): string[] => readdirSync('/proc/self/fd');
  const before = openFiles().length;
  const seen = new Set<string>();
  let last: readonly MailMessage[] = [];
  for (let round = 0; round < 100; round += 1) {
    last = [];
    for await (const batch of maildirBatches(writer.root)) {
      last = batch;
      for (const { id } of batch) seen.add(id);
    }
    const bytes = await Promise.allSettled(last.slice(0, 5).map((mail) => mail.raw()));
    for (const read of bytes)
      if (read.status === 'fulfilled') expect(Buffer.from(read.value as Buffer).toString()).not.toContain('secret');
  }
  expect(seen.size).toBeGreaterThan(0);
  expect([...seen]).not.toContain('secret@x.y');
  expect(openFiles().length).toBeLessThanOrEqual(before);
  expect(path.basename(last[0]?.path ?? '1')).toMatch(/^1/);
});
