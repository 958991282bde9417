import { from, lastValueFrom, range, Subject, toArray } from 'rxjs';
import { bounded } from './bounded.ts';

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('bounded', () => {
  test('runs no more than `concurrency` at once and finishes everything', async () => {
    let running = 0;
    let most = 0;
    const work = async (n: number): Promise<number> => {
      running += 1;
      most = Math.max(most, running);
      await tick();
      running -= 1;
      return n * 2;
    };
    const results = await lastValueFrom(range(0, 20).pipe(bounded(work, { concurrency: 3 }), toArray()));
    expect(most).toBe(3);
    expect(results.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n * 2));
  });

  test('keeps order with one at a time', async () => {
    const delays = [3, 1, 2];
    const work = async (n: number): Promise<number> => {
      for (let i = 0; i < n; i++) await tick();
      return n;
    };
    expect(await lastValueFrom(from(delays).pipe(bounded(work), toArray()))).toEqual(delays);
  });

  test.each([
    ['dropOldest', [0, 3, 4], [1, 2]],
    ['dropNewest', [0, 1, 2], [3, 4]],
  ] as const)('%s keeps %j and reports %j', async (overflow, kept, dropped) => {
    const reported: number[] = [];
    const done = range(0, 5).pipe(
      bounded(async (n) => n, { maxQueued: 2, overflow, onDrop: (n) => reported.push(n) }),
      toArray(),
    );
    expect(await lastValueFrom(done)).toEqual(kept);
    expect(reported).toEqual(dropped);
  });

  test('a queue of 0 drops the arriving item under dropOldest too', async () => {
    const reported: number[] = [];
    const done = range(0, 3).pipe(
      bounded(async (n) => n, { maxQueued: 0, overflow: 'dropOldest', onDrop: (n) => reported.push(n) }),
      toArray(),
    );
    expect(await lastValueFrom(done)).toEqual([0]);
    expect(reported).toEqual([1, 2]);
  });

  test('ends with ERR_PIPELINE_OVERFLOW when nothing may be dropped', async () => {
    const done = lastValueFrom(range(0, 5).pipe(bounded(async (n) => n, { maxQueued: 2 })));
    await expect(done).rejects.toMatchObject({ code: 'ERR_PIPELINE_OVERFLOW', limit: 2 });
  });

  test('errors with what the work was rejected with', async () => {
    const fault = new Error('no');
    await expect(lastValueFrom(range(0, 2).pipe(bounded(() => Promise.reject(fault))))).rejects.toBe(fault);
  });

  test('unsubscribing aborts the work under way and starts no more', async () => {
    const started: number[] = [];
    const aborted: number[] = [];
    const source = new Subject<number>();
    const subscription = source
      .pipe(
        bounded(async (n, signal) => {
          started.push(n);
          signal.addEventListener('abort', () => aborted.push(n));
          await tick();
        }),
      )
      .subscribe();
    source.next(1);
    source.next(2);
    subscription.unsubscribe();
    await tick();
    await tick();
    expect(started).toEqual([1]);
    expect(aborted).toEqual([1]);
  });
});
