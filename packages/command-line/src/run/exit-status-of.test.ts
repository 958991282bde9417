import { exitStatusOf } from './exit-status-of.ts';

/** The status, and what was told. */
async function outcome(run: () => Promise<number>): Promise<{ status: number; told: unknown[] }> {
  const told: unknown[] = [];
  return { status: await exitStatusOf({ fatal: (error) => told.push(error) }, run), told };
}

test('the status is what the program returns', async () => {
  expect(await outcome(() => Promise.resolve(1))).toEqual({ status: 1, told: [] });
});

test('an error is told, and the status is 2', async () => {
  const error = new Error('oops');
  expect(await outcome(() => Promise.reject(error))).toEqual({ status: 2, told: [error] });
});

test('a reader that has gone is success', async () => {
  const gone = Object.assign(new Error('write'), { code: 'EPIPE' });
  expect(await outcome(() => Promise.reject(gone))).toEqual({ status: 0, told: [] });
});
