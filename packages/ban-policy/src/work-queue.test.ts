import fc from 'fast-check';
import { WorkQueue } from './work-queue.ts';

const turns = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) await Promise.resolve();
};

describe('WorkQueue', () => {
  test('does each task when those before it are done, whatever each has to wait for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(fc.nat(4))), async (waits) => {
        const queue = new WorkQueue();
        const told: string[] = [];
        const ends = waits.map((wait, n) =>
          queue.run(() => {
            told.push(`begin ${n}`);
            if (wait === null) {
              told.push(`end ${n}`);
              return undefined;
            }
            return turns(wait).then(() => void told.push(`end ${n}`));
          }),
        );
        await Promise.all(ends);
        expect(told).toEqual(waits.flatMap((_, n) => [`begin ${n}`, `end ${n}`]));
        await queue.settled;
        await turns(2);
        expect([queue.size, queue.settled]).toEqual([0, undefined]);
      }),
    );
  });

  test('does at once what need not wait', () => {
    const queue = new WorkQueue();
    expect([queue.run(() => undefined), queue.settled]).toEqual([undefined, undefined]);
  });

  test('is settled when what was there is done, whatever comes after', async () => {
    const queue = new WorkQueue();
    void queue.run(() => turns(1));
    const { settled } = queue;
    void queue.run(() => new Promise(() => undefined));
    await settled;
    expect(queue.settled).toBeDefined();
  });

  test('does 50,000 tasks that came while one waited', async () => {
    const queue = new WorkQueue();
    let done = 0;
    void queue.run(() => turns(3));
    for (let n = 0; n < 50_000; n += 1)
      void queue.run(() => {
        done += 1;
        return undefined;
      });
    expect(queue.size).toBe(50_000);
    await queue.settled;
    expect(done).toBe(50_000);
  });
});
