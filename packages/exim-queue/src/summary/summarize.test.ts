import { CounterMetrics, fixedClock, type Reject } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { ExampleMessage } from '../example-spool/example-message.ts';
import { exampleMessages } from '../example-spool/example-messages.ts';
import { writeSpool } from '../example-spool/write-spool.ts';
import { metricNames } from '../metrics.ts';
import type { SummaryOptions } from '../options.ts';
import { placeOf } from '../testing/place-of.ts';
import { summarize } from './summarize.ts';
import type { SummaryRow } from './summary-row.ts';

const inFolder = tempFolder();
const nowMs = Date.UTC(2026, 10, 23, 14, 0, 0);
const clock = fixedClock(nowMs);
const hourMs = 3_600_000;

const summary = (messages: Iterable<ExampleMessage>, options: SummaryOptions = {}): Promise<readonly SummaryRow[]> => {
  writeSpool(inFolder('sp'), messages);
  return summarize(placeOf(inFolder('sp')), { clock, ...options });
};
const countsOf = (rows: readonly SummaryRow[]): (readonly [string, number])[] =>
  rows.map(({ key, count }) => [key, count]);

const messages: readonly ExampleMessage[] = [
  { receivedMs: nowMs - hourMs, sender: 'a@X.test', recipients: ['1@one.test', '2@ONE.test', '3@two.test'] },
  {
    receivedMs: nowMs - 5 * hourMs,
    sender: 'b@x.test',
    recipients: ['4@two.test', '5@three.test'],
    delivered: ['5@three.test'],
    log: ['2026-11-23 09:00:00 4@two.test R=a defer (110): Connection timed out'],
    host: { address: '192.0.2.7' },
  },
  { receivedMs: nowMs - 9 * hourMs, sender: '', recipients: ['6@one.test'], frozenMs: nowMs - hourMs },
  { receivedMs: nowMs - hourMs, sender: 'c@y.test', recipients: ['7@one.test'], damage: 'garbage' },
];

test('recipients that wait are counted by domain, with sizes and ages, the most first', async () => {
  const rows = await summary(messages);
  expect(countsOf(rows)).toEqual([
    ['one.test', 3],
    ['two.test', 2],
  ]);
  expect(rows[0]).toMatchObject({ oldestMs: 9 * hourMs, newestMs: hourMs, frozen: 1 });
  expect(rows[1]).toMatchObject({ oldestMs: 5 * hourMs, newestMs: hourMs, frozen: 0 });
});

test.each<readonly [SummaryOptions, readonly (readonly [string, number])[]]>([
  [
    { by: 'senderDomain' },
    [
      ['x.test', 2],
      ['(damaged)', 1],
      ['<>', 1],
    ],
  ],
  [
    { by: 'state' },
    [
      ['new', 1],
      ['deferred', 1],
      ['frozen', 1],
      ['damaged', 1],
    ],
  ],
  [
    { by: 'host' },
    [
      ['(local)', 2],
      ['(damaged)', 1],
      ['192.0.2.7', 1],
    ],
  ],
  [
    { by: 'reason' },
    [
      ['(none)', 4],
      ['R=a defer (110): Connection timed out', 1],
    ],
  ],
  [{ by: 'recipientDomain', where: { frozen: true } }, [['one.test', 1]]],
])('%j', async (options, counts) => {
  const sorted = (list: readonly (readonly [string, number])[]): unknown => [...list].sort();
  expect(sorted(countsOf(await summary(messages, options)))).toEqual(sorted(counts));
});

test('keys that have no room are counted together, and it is told', async () => {
  const rejects: Reject[] = [];
  const rows = await summary(exampleMessages(nowMs), {
    by: 'sender',
    maxKeys: 5,
    rejects: { next: (reject) => void rejects.push(reject) },
  });
  expect(rows).toHaveLength(6);
  expect(rejects.filter(({ code }) => code === 'ERR_EXIM_QUEUE_OVERFLOW')).toHaveLength(1);
});

test('every message is counted once by each key of its own', async () => {
  writeSpool(inFolder('sp'), exampleMessages(nowMs));
  for (const by of ['sender', 'senderDomain', 'host', 'authId', 'login', 'state', 'age'] as const) {
    const metrics = new CounterMetrics();
    const rows = await summarize(placeOf(inFolder('sp')), { clock, by, metrics });
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(metrics.get(metricNames.emitted));
  }
});

test('wrong options are refused', async () => {
  const place = placeOf(inFolder('sp'));
  await expect(summarize(place, { by: 'colour' as 'host' })).rejects.toThrow("by must be 'recipientDomain' or");
  await expect(summarize(place, { maxKeys: 0 })).rejects.toThrow(
    'maxKeys must be an integer from 1 to 10000000, not 0',
  );
});
