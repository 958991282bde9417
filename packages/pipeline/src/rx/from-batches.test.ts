import { setTimeout as sleep } from 'node:timers/promises';
import { firstValueFrom, take, toArray } from 'rxjs';
import { fromBatches } from './from-batches.ts';

async function* counting(log: string[], end = Number.POSITIVE_INFINITY): AsyncGenerator<readonly number[]> {
  try {
    for (let n = 0; n < end; n += 2) {
      log.push(`asked ${n}`);
      await sleep(0);
      yield [n, n + 1];
    }
  } finally {
    log.push('closed');
  }
}

describe('fromBatches', () => {
  test('emits every item in order and completes', async () => {
    const items = fromBatches(() => counting([], 6)).pipe(toArray());
    expect(await firstValueFrom(items)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('opens nothing before it is subscribed to, and an iterator for each subscription', async () => {
    const log: string[] = [];
    const items = fromBatches(() => counting(log, 2)).pipe(toArray());
    expect(log).toEqual([]);
    await firstValueFrom(items);
    await firstValueFrom(items);
    expect(log).toEqual(['asked 0', 'closed', 'asked 0', 'closed']);
  });

  test('asks for no further batch and closes the iterator after the consumer has gone', async () => {
    const log: string[] = [];
    const seen = await firstValueFrom(fromBatches(() => counting(log)).pipe(take(3), toArray()));
    await sleep(5);
    expect(seen).toEqual([0, 1, 2]);
    expect(log).toEqual(['asked 0', 'asked 2', 'closed']);
  });

  test('tells an iterator that waits that nobody listens any more', async () => {
    let told: AbortSignal | undefined;
    const waiting = fromBatches<number>(async function* (signal) {
      told = signal;
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      yield* [];
    });
    waiting.subscribe().unsubscribe();
    expect(told?.aborted).toBe(true);
  });

  test('completes when the signal aborts, and emits nothing more', async () => {
    const abort = new AbortController();
    const seen: number[] = [];
    const done = firstValueFrom(fromBatches(() => counting([]), abort.signal).pipe(toArray()));
    fromBatches(() => counting([]), abort.signal).subscribe((n) => {
      seen.push(n);
      if (n === 2) abort.abort();
    });
    await done;
    await sleep(5);
    expect(seen).toEqual([0, 1, 2]);
  });

  test('errors with what the iterator throws, after all that came before', async () => {
    const seen: unknown[] = [];
    const failing = fromBatches(async function* () {
      yield [1, 2];
      throw new Error('cut');
    });
    await new Promise<void>((resolve) =>
      failing.subscribe({
        next: (n) => seen.push(n),
        error: (error: Error) => {
          seen.push(error.message);
          resolve();
        },
      }),
    );
    expect(seen).toEqual([1, 2, 'cut']);
  });
});
