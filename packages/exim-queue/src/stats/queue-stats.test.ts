import { fixedClock } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { ExampleMessage } from '../example-spool/example-message.ts';
import { manyMessages } from '../example-spool/many-messages.ts';
import { writeSpool } from '../example-spool/write-spool.ts';
import { entryBatches } from '../list/entry-batches.ts';
import { placeOf } from '../testing/place-of.ts';
import { queueStats } from './queue-stats.ts';

const inFolder = tempFolder();
const nowMs = Date.UTC(2026, 10, 23, 14, 0, 0);
const clock = fixedClock(nowMs);
const plain: ExampleMessage = { receivedMs: nowMs - 60_000, sender: 'a@x.test', recipients: ['b@y.test'] };

test('an empty queue is all zeros', async () => {
  writeSpool(inFolder('sp'), []);
  expect(await queueStats(placeOf(inFolder('sp')), { clock })).toEqual({
    atMs: nowMs,
    messages: 0,
    frozen: 0,
    bounces: 0,
    deferred: 0,
    new: 0,
    delivering: 0,
    damaged: 0,
    recipients: 0,
    sizeBytes: 0,
    oldestAgeMs: 0,
    bySenderDomain: [],
  });
});

test('each message counts by what it is', async () => {
  writeSpool(inFolder('sp'), [
    plain,
    { ...plain, isTried: true, recipients: ['b@y.test', 'c@y.test', 'd@y.test'], delivered: ['c@y.test'] },
    { ...plain, isTried: true, receivedMs: nowMs - 3_600_000, sender: 'b@z.test' },
    { ...plain, frozenMs: nowMs, sender: '' },
    { ...plain, sender: '', isTried: true },
    { ...plain, damage: 'empty-header-file' },
  ]);
  const { bySenderDomain, sizeBytes, ...counts } = await queueStats(placeOf(inFolder('sp')), { clock });
  expect(counts).toEqual({
    atMs: nowMs,
    messages: 6,
    frozen: 1,
    bounces: 2,
    deferred: 3,
    new: 1,
    delivering: 0,
    damaged: 1,
    recipients: 6,
    oldestAgeMs: 3_600_000,
  });
  expect(bySenderDomain.map(({ key, count, frozen }) => [key, count, frozen])).toEqual([
    ['<>', 2, 1],
    ['x.test', 2, 0],
    ['(damaged)', 1, 0],
    ['z.test', 1, 0],
  ]);
  expect(sizeBytes).toBe(bySenderDomain.reduce((sum, row) => sum + row.sizeBytes, 0));
});

test('they are those of the list', async () => {
  writeSpool(inFolder('sp'), manyMessages({ count: 500, nowMs }));
  const place = placeOf(inFolder('sp'));
  const stats = await queueStats(place, { clock });
  let [frozen, bytes, recipients] = [0, 0, 0];
  for await (const batch of entryBatches(place)) {
    for (const entry of batch) {
      if (entry.frozenSinceMs !== undefined) frozen += 1;
      bytes += entry.sizeBytes ?? 0;
      recipients += entry.recipients.filter(({ isDelivered }) => !isDelivered).length;
    }
  }
  expect(stats).toMatchObject({ messages: 500, frozen, sizeBytes: bytes, recipients });
  expect(stats.new + stats.deferred + stats.frozen).toBe(500);
});

test('a filter and a bound hold', async () => {
  writeSpool(inFolder('sp'), manyMessages({ count: 300, nowMs }));
  const stats = await queueStats(placeOf(inFolder('sp')), { clock, where: { frozen: true }, maxKeys: 3 });
  expect(stats.messages).toBe(stats.frozen);
  expect(stats.bySenderDomain).toHaveLength(4);
  expect(stats.bySenderDomain.reduce((sum, { count }) => sum + count, 0)).toBe(stats.messages);
});
