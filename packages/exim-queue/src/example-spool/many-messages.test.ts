import { headerFile } from './header-file.ts';
import { manyMessages } from './many-messages.ts';

const nowMs = Date.UTC(2026, 10, 23, 14, 0, 0);
const messages = [...manyMessages({ count: 10_000, seed: 1, nowMs })];
const share = (count: number): number => count / messages.length;
const facts = { lineCount: 10, longestLine: 70, zeroCount: 0 };

test('a fifth are bounces, 15 % are frozen, 1.8 recipients each', () => {
  expect(share(messages.filter(({ sender }) => sender === '').length)).toBeCloseTo(0.2, 1);
  expect(share(messages.filter(({ frozenMs }) => frozenMs !== undefined).length)).toBeCloseTo(0.15, 1);
  expect(share(messages.reduce((sum, { recipients }) => sum + recipients.length, 0))).toBeCloseTo(1.8, 1);
});

test('they come from several hundred domains, over four days, the oldest first, none from the future', () => {
  expect(new Set(messages.map(({ sender }) => sender.split('@')[1])).size).toBeGreaterThan(300);
  const times = messages.map(({ receivedMs }) => receivedMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(nowMs - (times[0] ?? 0)).toBeGreaterThan(3.9 * 86_400_000);
  expect(times.at(-1)).toBeLessThanOrEqual(nowMs);
  for (const { frozenMs = nowMs, receivedMs } of messages) {
    expect(frozenMs).toBeLessThanOrEqual(nowMs);
    expect(frozenMs).toBeGreaterThanOrEqual(receivedMs);
  }
});

test('most headers take 0.6 to 1.2 kB, bodies are whole lines of 0.3 to 8 KiB', () => {
  const sizes = messages.map((message) => headerFile(message, '1xVJLa-000000005ms-1ML7', facts).length);
  expect(share(sizes.filter((bytes) => bytes >= 600 && bytes <= 1500).length)).toBeGreaterThan(0.8);
  for (const { body = '' } of messages) {
    expect(body.length).toBeLessThanOrEqual(8192);
    expect(body.length).toBeGreaterThan(200);
    expect(body.at(-1)).toBe(0x0a);
  }
});

test('some are partly delivered, some have a journal, those that were tried a log', () => {
  expect(share(messages.filter(({ delivered = [] }) => delivered.length > 0).length)).toBeGreaterThan(0.05);
  expect(share(messages.filter(({ journal }) => journal !== undefined).length)).toBeGreaterThan(0.002);
  expect(share(messages.filter(({ log }) => log !== undefined).length)).toBeGreaterThan(0.9);
});

test('a wrong count is refused', () => {
  expect(() => manyMessages({ count: -1, nowMs })).toThrow('count must be an integer of at least 0, not -1');
});
