import { getDefaultHighWaterMark, setDefaultHighWaterMark } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const smallBytes = 1 << 14;
const gatherMs = 1;

/**
 * Starts a child whose output Node.js does not read ahead of its consumer. There is no option for it: the streams of a
 * child take the default that holds when they are made.
 */
export function withoutReadingAhead<T>(start: () => T): T {
  const usual = getDefaultHighWaterMark(false);
  setDefaultHighWaterMark(false, 1);
  try {
    return start();
  } finally {
    setDefaultHighWaterMark(false, usual);
  }
}

/**
 * The chunks of a stream that is not read ahead, of a program that writes a few hundred bytes at a time. Being woken for
 * each costs more than reading them; after a pause of a millisecond there is as much as the pipe holds.
 */
export async function* gatheredSmall(output: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let hasPaused = false;
  for await (const chunk of output) {
    yield chunk;
    // What comes first after a pause was taken in at its beginning, and says nothing of what is waiting.
    hasPaused = chunk.length < smallBytes && !hasPaused;
    if (hasPaused) await sleep(gatherMs);
  }
}
