import type { QueueEntry } from '@sluice/exim-queue/batches';
import { textWidth } from '../output/text-width.ts';
import { columns } from './columns.ts';
import { Table } from './table.ts';

const shown = [columns.id, columns.age, columns.size, columns.state, columns.sender, columns.rcpts];
const nowMs = 1_800_000_000_000;

const entry = (sender: string, address: string, sizeBytes: number): QueueEntry => ({
  id: '1xVJLa-000000005ms-1ML7',
  queue: '',
  isAside: false,
  state: 'frozen',
  receivedMs: nowMs - 300_000,
  sender,
  isBounce: sender === '',
  recipients: [{ address, isDelivered: false }],
  sizeBytes,
  warnings: 0,
  login: 'root',
  isSenderUntrusted: false,
});

const long = 'a-very-long-local-part-that-goes-on-and-on@a-very-long-domain.that.goes-on-and-on.example';

describe('a table on a terminal', () => {
  test.each([60, 80, 132])('is %d cells wide at most, with a heading', (width) => {
    const table = new Table(shown, { isTerminal: true, columns: width, hasColor: false }, nowMs);
    const text =
      table.lines([entry(long, long, 1), entry('日本語日本語日本語日本語日本語@x.test', 'b@y.test', 12_000_000)]) +
      table.end();
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^ID +AGE +SIZE +STATE +SENDER +RECIPIENTS$/);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(Math.max(width, 75));
    expect(lines[1]).toContain('…');
  });

  test('has colours that do not change its width', () => {
    const plain = new Table(shown, { isTerminal: true, columns: 100, hasColor: false }, nowMs);
    const coloured = new Table(shown, { isTerminal: true, columns: 100, hasColor: true }, nowMs);
    const entries = [entry('', 'b@y.test', 5)];
    const text = coloured.lines(entries) + coloured.end();
    expect(text).toContain('\u001b[36mfrozen');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(plain.lines(entries) + plain.end());
  });
});

describe('a table elsewhere', () => {
  const table = () => new Table(shown, { isTerminal: false, columns: undefined, hasColor: false }, nowMs);

  test('has no heading, and cuts nothing', () => {
    const made = table();
    const text = made.lines([entry(long, long, 1)]) + made.end();
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain(`${long}  ${long}`);
  });

  test('is the same whatever the batches are', () => {
    const entries = Array.from({ length: 1200 }, (_, at) => entry(`s${at}@x.test`, 'b@y.test', at * 1000));
    const whole = table();
    const byOne = table();
    const expected = whole.lines(entries.slice(0, 500)) + whole.lines(entries.slice(500)) + whole.end();
    expect(entries.map((each) => byOne.lines([each])).join('') + byOne.end()).toBe(expected);
    expect(expected.split('\n')).toHaveLength(1201);
  });

  test('has a line break or an escape of a mail nowhere', () => {
    const made = table();
    const text = made.lines([entry('a\n\u001b[2J@x.test', 'b\r@y.test', 1)]) + made.end();
    expect(text.split('\n')).toHaveLength(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
    expect(text).not.toMatch(/[\u001b\r]/);
  });
});
