import { closable } from './closable.ts';
import { pause } from './pause.ts';

/** Counts, then waits for an abort. */
async function* counting(signal: AbortSignal, ended: () => void): AsyncGenerator<number> {
  try {
    yield 1;
    yield 2;
    await pause(2 ** 30, signal);
  } finally {
    ended();
  }
}

describe('closable', () => {
  test('return() ends an iterator that waits for its next item', async () => {
    let ends = 0;
    const iterator = closable((signal) => counting(signal, () => (ends += 1)))[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    const third = iterator.next();
    await iterator.return?.();
    expect(await third).toEqual({ value: undefined, done: true });
    expect(ends).toBe(1);
  });

  test('an abort from outside ends it', async () => {
    const abort = new AbortController();
    const items: number[] = [];
    for await (const item of closable((signal) => counting(signal, () => {}), abort.signal)) {
      items.push(item);
      if (item === 2) abort.abort();
    }
    expect(items).toEqual([1, 2]);
  });

  test('each iterator is on its own', async () => {
    const items = closable((signal) => counting(signal, () => {}));
    for (let round = 0; round < 2; round += 1) {
      for await (const item of items) {
        expect(item).toBe(1);
        break;
      }
    }
  });
});
