import type { LineMatch } from '../pattern-match.ts';
import { PatternSet } from '../pattern-set.ts';
import { PartDelivery } from './part-delivery.ts';
import { PartWriter } from './part-writer.ts';
import type { Part } from './protocol.ts';

const set = PatternSet.compile(['(?P<n>\\d+)(x)?']);
const log = new TextEncoder().encode('a 12x\nb 3\n');

test('keeps offsets beyond 2^32 and 2^33', () => {
  const parts: Part[] = [];
  const writer = new PartWriter([2], 1 << 20, (part) => parts.push(part));
  const bases = [2 ** 31, 2 ** 32 - 1, 2 ** 40 + 5];
  for (const base of bases) set.scan(log, (match) => writer.match(match, base));
  writer.end();
  const offsets: number[] = [];
  const delivery = new PartDelivery(set, ({ line }) => offsets.push(line.offset));
  for (const part of parts) delivery.deliver(part);
  expect(offsets).toEqual(bases.flatMap((base) => [base, base + 6]));
});

test('sends a part when it is full, and repeats a line of which it sent the bytes', () => {
  const parts: Part[] = [];
  const writer = new PartWriter([2], 1, (part) => parts.push(part));
  writer.begin(4);
  const texts: (string | undefined)[] = [];
  const delivery = new PartDelivery(set, (match: LineMatch) => texts.push(`${match.line.text}: ${match.text('n')}`));
  set.scan(log, (match) => {
    writer.match(match, 0);
    writer.match(match, 0);
  });
  writer.end();
  for (const part of parts) delivery.deliver(part);
  expect(parts.map(({ stripe, isLast }) => [stripe, isLast])).toEqual([...Array(4).fill([4, false]), [4, true]]);
  expect(texts).toEqual(['a 12x: 12', 'a 12x: 12', 'b 3: 3', 'b 3: 3']);
});

test('has the other thread find what the first search did not need', () => {
  const parts: Part[] = [];
  const writer = new PartWriter([2], 1 << 20, (part) => parts.push(part));
  const groups: unknown[] = [];
  const delivery = new PartDelivery(set, (match) =>
    groups.push([match.text(), match.text(2), match.end(2), match.end()]),
  );
  set.scan(log, (match) => writer.match(match, 0));
  writer.end();
  for (const part of parts) delivery.deliver(part);
  expect(groups).toEqual([
    ['12x', 'x', 5, 5],
    ['3', undefined, -1, 3],
  ]);
});
