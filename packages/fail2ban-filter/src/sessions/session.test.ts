import { CounterMetrics, type Failure } from '@sluice/pipeline';
import { compileFilter } from '../compile-filter.ts';
import { filterMetrics } from '../metrics.ts';
import type { FilterOptions } from '../options.ts';
import { chunkOf } from '../testing/chunks.ts';

const source = {
  name: 'door',
  prefRegex: '^<F-MLFID>door\\[\\d+\\]</F-MLFID>: <F-CONTENT>.+</F-CONTENT>$',
  failRegex: [
    '^wrong key(?: for <F-USER>\\w+</F-USER>)?(?: from <HOST>)?$',
    '^<F-NOFAIL>knock</F-NOFAIL>(?: by <F-USER>\\w+</F-USER>)?(?: from <HOST>)?$',
    '^<F-MLFGAINED>opened</F-MLFGAINED> for <F-USER>\\w+</F-USER>',
    '^<F-NOFAIL><F-MLFFORGET>left</F-MLFFORGET></F-NOFAIL>(?: from <HOST>)?$',
  ],
};

/** Ids of the failures in lines, by the number of the line. */
function read(lines: readonly string[], options: FilterOptions = {}): [number, string][] {
  const filter = compileFilter(source, options);
  return lines.flatMap((line, index) => {
    const found: Failure[] = [];
    filter.process(chunkOf(`${line}\n`), (failure) => found.push(failure));
    return found.map(({ id }): [number, string] => [index, id]);
  });
}

describe('a session', () => {
  test.each<[string, string[], [number, string][]]>([
    [
      'gives the address of an earlier line to a failure without one',
      ['door[1]: knock from 192.0.2.1', 'door[1]: wrong key for bob', 'door[1]: wrong key for bob'],
      [
        [1, '192.0.2.1'],
        [2, '192.0.2.1'],
      ],
    ],
    [
      'keeps a failure until somebody is named',
      ['door[1]: wrong key for bob', 'door[1]: knock from 192.0.2.1', 'door[1]: knock from 192.0.2.1'],
      [[1, '192.0.2.1']],
    ],
    [
      'counts a pending failure on its last line',
      ['door[1]: wrong key', 'door[1]: left from 192.0.2.1', 'door[1]: wrong key'],
      [[1, '192.0.2.1']],
    ],
    [
      'takes a pending failure back when the door opens for the same user',
      ['door[1]: wrong key for bob', 'door[1]: opened for bob', 'door[1]: knock from 192.0.2.1'],
      [],
    ],
    [
      'does not take it back when several users were tried',
      ['door[1]: knock by eve from 192.0.2.1', 'door[1]: opened for bob'],
      [[1, '192.0.2.1']],
    ],
    ['is forgotten when it ends', ['door[1]: knock from 192.0.2.1', 'door[1]: left', 'door[1]: wrong key for bob'], []],
    [
      'knows nothing of other sessions',
      ['door[1]: knock from 192.0.2.1', 'door[2]: wrong key', 'door[2]: knock from 192.0.2.2'],
      [[2, '192.0.2.2']],
    ],
  ])('%s', (_, lines, expected) => {
    expect(read(lines)).toEqual(expected);
  });

  test('is forgotten after five minutes', () => {
    let nowMs = 0;
    const clock = { nowMs: () => nowMs++ * 150_000 };
    expect(read(['door[1]: knock from 192.0.2.1', 'door[1]: wrong key', 'door[1]: wrong key'], { clock })).toEqual([
      [1, '192.0.2.1'],
    ]);
  });

  test('is forgotten, the oldest first, when there are too many, and that is counted', () => {
    const metrics = new CounterMetrics();
    const knocks = ['1', '2', '3'].map((id) => `door[${id}]: knock from 192.0.2.${id}`);
    const tries = ['1', '2', '3'].map((id) => `door[${id}]: wrong key`);
    expect(read([...knocks, ...tries.slice(1)], { maxSessions: 2, metrics })).toEqual([
      [3, '192.0.2.2'],
      [4, '192.0.2.3'],
    ]);
    expect(metrics.get(filterMetrics.evicted)).toBe(1);
    expect(metrics.get(filterMetrics.auxiliary)).toBe(3);
  });

  test('leaves its groups with the failure, without those that steer it', () => {
    const filter = compileFilter(source);
    filter.processLine('door[1]: knock by eve from 192.0.2.1');
    expect({ ...filter.processLine('door[1]: wrong key')?.groups }).toEqual({
      mlfid: 'door[1]',
      user: 'eve',
      ip4: '192.0.2.1',
    });
  });

  /** For each failure the lines that are told with it, by their numbers. */
  function told(lines: readonly string[]): number[][] {
    const filter = compileFilter(source);
    return lines.flatMap((line) => {
      const failure = filter.processLine(line);
      return failure === undefined ? [] : [(failure.matches ?? [failure.line]).map((match) => lines.indexOf(match))];
    });
  }

  test('tells of the lines that led to a failure, each once', () => {
    const lines = [
      'door[1]: knock from 192.0.2.1',
      'door[1]: wrong key for bob',
      'door[1]: wrong key for eve',
      'door[1]: knock by bob',
      'door[2]: wrong key',
      'door[2]: left from 192.0.2.2',
      'door[3]: wrong key from 192.0.2.3',
    ];
    expect(told(lines)).toEqual([[0, 1], [2], [3], [4, 5], [6]]);
  });

  test('remembers the last lines and the beginning of each, however many and long they are', () => {
    const filter = compileFilter({ ...source, failRegex: source.failRegex.map((regex) => regex.replace('$', '')) });
    for (let at = 0; at < 50; at += 1) filter.processLine(`door[1]: knock ${at} ${'x'.repeat(5000)}`);
    const failure = filter.processLine('door[1]: wrong key from 192.0.2.1');
    expect(failure?.matches).toHaveLength(10);
    expect(failure?.matches?.[0]).toMatch(/^door\[1\]: knock 41 x+$/);
    expect(failure?.matches?.map(({ length }) => length)).toEqual([...Array(9).fill(1000), 33]);
  });
});
