import { setTimeout as sleep } from 'node:timers/promises';
import { readTogether } from './read-together.ts';
import { SeenActivities } from './seen-activities.ts';

async function* counting(name: string, count: number, pauseMs = 0): AsyncGenerator<string, void, undefined> {
  for (let n = 1; n <= count; n += 1) {
    await sleep(pauseMs);
    yield `${name}${n}`;
  }
}

describe('several iterables read together', () => {
  test('give all their items, each in its order', async () => {
    const items: string[] = [];
    for await (const item of readTogether(() => [counting('a', 3, 2), counting('b', 5), counting('c', 0)]))
      items.push(item);
    expect(items.filter((item) => item.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(items.filter((item) => item.startsWith('b'))).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
    expect(items).toHaveLength(8);
  });

  test('are not read ahead by more than one item', async () => {
    let given = 0;
    async function* source() {
      for (;;) {
        given += 1;
        yield given;
      }
    }
    for await (const item of readTogether(() => [source()])) {
      expect(given).toBeLessThanOrEqual(Number(item) + 1);
      if (item === 5) break;
    }
  });

  test('are stopped and closed when the consumer stops', async () => {
    const closed: string[] = [];
    async function* endless(name: string, signal: AbortSignal) {
      try {
        yield name;
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      } finally {
        closed.push(name);
      }
    }
    for await (const item of readTogether((signal) => [endless('a', signal), endless('b', signal)])) {
      if (item === 'b') break;
    }
    expect(closed.sort()).toEqual(['a', 'b']);
  });

  test('throw what one of them throws', async () => {
    async function* broken(): AsyncGenerator<string, void, undefined> {
      yield 'x';
      throw new Error('broken');
    }
    const read = async () => {
      for await (const _ of readTogether(() => [broken(), counting('a', 2)]));
    };
    await expect(read()).rejects.toThrow('broken');
  });
});

test('what comes a second time is dropped, save a removal or a change', () => {
  const seen = new SeenActivities();
  const one = { uid: 'a', startMs: 0, title: '', source: { kind: 'x', id: 'x' } };
  expect(seen.fresh([one, { ...one, title: 'copy' }, { ...one, sequence: 1 }, { ...one, removed: true }])).toHaveLength(
    3,
  );
  expect(seen.fresh([one])).toEqual([]);
  expect(seen.dropped).toBe(2);
});
