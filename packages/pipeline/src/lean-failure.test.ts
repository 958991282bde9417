import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { cutText } from './cut-text.ts';
import type { Failure } from './failure.ts';
import { leanFailure } from './lean-failure.ts';
import { ownText } from './own-text.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that stay in use for 200 things, each made of a line of a megabyte. */
function bytesKept(make: (line: string) => unknown): number {
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept: unknown[] = [];
  for (let n = 0; n < 200; n += 1)
    kept.push(make(`${n} 2001:db8:aaaa:bbbb:cccc:dddd::1 ${'x'.repeat(1_000_000)}`.toUpperCase()));
  collect();
  const bytes = process.memoryUsage().heapUsed - before;
  expect(kept).toHaveLength(200);
  return bytes;
}

const failureIn = (line: string): Failure => {
  const text = line.slice(0, 40);
  const groups = { user: line.slice(3, 40), all: line.slice(1) };
  return {
    id: text,
    address: { text, family: 6 },
    timeMs: 0,
    path: '',
    sourceId: '',
    offset: 0,
    line,
    groups,
    pattern: 0,
  };
};

describe('a text of its own', () => {
  test('is the same text, whatever is in it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(ownText(text)).toBe(text)));
    expect(ownText('\ud800"\\\u2028\0')).toBe('\ud800"\\\u2028\0');
  });

  test('does not keep the line that it was cut out of, which a part of it does', () => {
    expect(bytesKept((line) => line.slice(0, 40))).toBeGreaterThan(150_000_000);
    expect(bytesKept((line) => ownText(line.slice(0, 40)))).toBeLessThan(20_000_000);
    expect(bytesKept((line) => cutText(line, 2000))).toBeLessThan(20_000_000);
  });
});

describe('a lean failure', () => {
  test('keeps the beginnings of its long lines and nothing else of them', () => {
    expect(bytesKept((line) => leanFailure(failureIn(line), 2000))).toBeLessThan(20_000_000);
    expect(
      bytesKept((line) => leanFailure({ ...failureIn(line), line: 'short', matches: [line, 'short'] }, 2000)),
    ).toBeLessThan(20_000_000);
  });

  test('is the failure itself where no line is long', () => {
    const failure = { ...failureIn('x'.repeat(100)), matches: ['y', 'x'.repeat(100)] };
    expect(leanFailure(failure, 100)).toBe(failure);
    expect(leanFailure(failure, 99)).toEqual({
      ...failure,
      line: 'x'.repeat(99),
      matches: ['y', 'x'.repeat(99)],
      groups: { user: 'x'.repeat(37), all: 'x'.repeat(99) },
    });
  });
});
