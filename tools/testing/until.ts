import { setTimeout as sleep } from 'node:timers/promises';

/** Less than a test may take, so that nothing waits on when the test is over. */
const limitMs = 25_000;

/** Waits until a condition holds; fails with what `describe` says when it never does. */
export async function until(holds: () => boolean, describe: () => unknown = () => holds.toString()): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`never came true: ${JSON.stringify(describe())}`);
    await sleep(5);
  }
}
