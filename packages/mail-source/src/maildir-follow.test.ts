import { mkdirSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CounterMetrics, type Reject } from '@sluice/pipeline';
import type { Subscription } from 'rxjs';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import type { MailMessage } from './mail-message.ts';
import { maildirBatches } from './maildir/maildir-batches.ts';
import { maildirMessages } from './maildir-source.ts';
import { metricNames } from './metrics.ts';
import type { MaildirOptions } from './options.ts';
import { MaildirWriter, mailText } from './testing/maildir-writer.ts';

const folder = tempFolder();
const mail = (id: string): string => mailText({ 'Message-ID': `<${id}@x.y>` });
/** So long that only a watch can tell of news. */
const never = 3_600_000;
/** Longer than a look at a small Maildir, and than several polls. */
const aWhileMs = 300;

const running: Subscription[] = [];
afterEach(() => {
  for (const one of running.splice(0)) one.unsubscribe();
});

interface Followed {
  readonly mails: MailMessage[];
  readonly ids: () => string[];
  readonly rejects: Reject[];
  readonly metrics: CounterMetrics;
  readonly isComplete: () => boolean;
  readonly stop: () => void;
}

function follow(root: string, options: MaildirOptions = {}): Followed {
  const mails: MailMessage[] = [];
  const rejects: Reject[] = [];
  const metrics = new CounterMetrics();
  let isComplete = false;
  const sinks = { rejects: { next: (reject: Reject) => void rejects.push(reject) }, metrics };
  const subscription = maildirMessages(root, { follow: true, ...sinks, ...options }).subscribe({
    next: (message) => void mails.push(message),
    complete: () => {
      isComplete = true;
    },
  });
  running.push(subscription);
  const stop = (): void => subscription.unsubscribe();
  return {
    mails,
    ids: () => mails.map(({ id }) => id.split('@')[0] ?? ''),
    rejects,
    metrics,
    isComplete: () => isComplete,
    stop,
  };
}

describe.each([
  ['by watches', never],
  ['by polling', 20],
])('%s', (_, pollMs) => {
  test('what is there comes first, then what is delivered, each once', async () => {
    const writer = new MaildirWriter(folder('Maildir')).folder('.Sent').write('cur/1.a:2,S', mail('1'));
    const { ids } = follow(writer.root, { pollMs });
    await until(() => ids().length === 1);
    writer.write('new/2.a', mail('2'));
    await until(() => ids().includes('2'), ids);
    writer.write('.Sent/cur/3.a:2,S', mail('3'));
    await until(() => ids().includes('3'), ids);
    renameSync(path.join(writer.root, 'new/2.a'), path.join(writer.root, 'cur/2.a:2,'));
    renameSync(path.join(writer.root, 'cur/2.a:2,'), path.join(writer.root, 'cur/2.a:2,RS'));
    await sleep(aWhileMs);
    expect(ids()).toEqual(['1', '2', '3']);
  });

  test('mails of a folder that is made later come too', async () => {
    const writer = new MaildirWriter(folder('Maildir'));
    const { ids } = follow(writer.root, { pollMs });
    await sleep(50);
    mkdirSync(path.join(writer.root, '.Later/tmp'), { recursive: true });
    mkdirSync(path.join(writer.root, '.Later/new'));
    mkdirSync(path.join(writer.root, '.Later/cur'));
    // That the folder is one is seen when its halves are there; the top directory does not stir then.
    mkdirSync(path.join(writer.root, '.Other'));
    await sleep(aWhileMs);
    writer.write('.Later/new/1', mail('1'));
    await until(() => ids().includes('1'), ids);
  });
});

test('2,000 deliveries in a row come exactly once each, also while they are read', async () => {
  const writer = new MaildirWriter(folder('Maildir'));
  const { ids, metrics } = follow(writer.root);
  for (let index = 0; index < 2000; index += 1) {
    writer.write(`new/${1000 + index}.a`, mail(String(index)));
    if (index % 7 === 0)
      renameSync(path.join(writer.root, `new/${1000 + index}.a`), path.join(writer.root, `cur/${1000 + index}.a:2,S`));
    if (index % 100 === 0) await sleep(1);
  }
  await until(
    () => ids().length >= 2000,
    () => ids().length,
  );
  await sleep(aWhileMs);
  expect(ids().sort((a, b) => Number(a) - Number(b))).toEqual(
    Array.from({ length: 2000 }, (_, index) => String(index)),
  );
  expect(metrics.get(metricNames.emitted)).toBe(2000);
});

test('a mail that is removed is forgotten: it comes again when it is put back', async () => {
  const writer = new MaildirWriter(folder('Maildir')).write('cur/1.a', mail('1'));
  const { ids } = follow(writer.root, { pollMs: 50 });
  await until(() => ids().length === 1);
  unlinkSync(path.join(writer.root, 'cur/1.a'));
  // Until a listing is certain to be whole, which takes the coarsest file systems two seconds.
  await sleep(2500);
  writer.write('cur/1.a', mail('1'));
  await until(() => ids().length === 2);
});

test('a folder that is removed and made again is followed again', async () => {
  const writer = new MaildirWriter(folder('Maildir')).folder('.A').write('.A/cur/1', mail('1'));
  const { ids } = follow(writer.root, { pollMs: 20 });
  await until(() => ids().length === 1);
  rmSync(path.join(writer.root, '.A'), { recursive: true });
  await sleep(aWhileMs);
  writer.folder('.A').write('.A/new/2', mail('2'));
  await until(() => ids().includes('2'), ids);
});

test('the loss of the whole Maildir is told of once, and its return is noticed', async () => {
  const writer = new MaildirWriter(folder('Maildir')).write('cur/1', mail('1'));
  const { ids, rejects } = follow(writer.root, { pollMs: 20 });
  await until(() => ids().length === 1);
  renameSync(writer.root, folder('Away'));
  await until(() => rejects.length > 0);
  renameSync(folder('Away'), writer.root);
  writer.write('new/2', mail('2'));
  await until(() => ids().includes('2'), ids);
  expect(rejects.map(({ code }) => code)).toEqual(['ERR_MAIL_SOURCE_UNREADABLE']);
});

test('an abort completes it, and nothing comes after', async () => {
  const writer = new MaildirWriter(folder('Maildir')).write('cur/1', mail('1'));
  const abort = new AbortController();
  const { ids, isComplete } = follow(writer.root, { signal: abort.signal });
  await until(() => ids().length === 1);
  abort.abort();
  await until(isComplete);
  writer.write('new/2', mail('2'));
  await sleep(aWhileMs);
  expect(ids()).toEqual(['1']);
});

test('who leaves the loop over batches, or ends the iterator while it waits, ends it', async () => {
  const { root } = new MaildirWriter(folder('Maildir')).write('cur/1', mail('1'));
  for await (const batch of maildirBatches(root, { follow: true, pollMs: never })) {
    expect(batch).toHaveLength(1);
    break;
  }
  const iterator = maildirBatches(root, { follow: true, pollMs: never })[Symbol.asyncIterator]();
  await iterator.next();
  const waiting = iterator.next();
  await sleep(50);
  await iterator.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});
