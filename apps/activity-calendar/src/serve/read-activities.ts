import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Activity } from '@sluice/pipeline';
import type { Site } from './site.ts';

const patienceMs = 500;

/**
 * Puts all activities into a site, batch by batch, until they end, fail or the signal aborts; requests are answered in
 * between. Never rejects: a failure is a problem of the site, which goes on serving what it has.
 */
export async function readActivities(
  activities: AsyncIterable<readonly Activity[]>,
  site: Site,
  signal: AbortSignal,
): Promise<void> {
  const iterator = activities[Symbol.asyncIterator]();
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    while (!signal.aborted) {
      const next = iterator.next();
      const result = await Promise.race([next, aborted]);
      if (result === undefined) {
        next.catch(() => {});
        break;
      }
      if (result.done === true) {
        site.state = 'complete';
        return;
      }
      site.put(result.value);
      await setImmediate();
    }
    await closed(iterator);
  } catch (error) {
    if (signal.aborted) return;
    site.problems.add(error);
    site.state = 'failed';
  }
}

/** Lets an iterator close what it has open, and leaves it to itself when that takes long. */
async function closed(iterator: AsyncIterator<unknown>): Promise<void> {
  const closing = Promise.resolve(iterator.return?.()).catch(() => {});
  await Promise.race([closing, setTimeout(patienceMs, undefined, { ref: false })]);
}
