import type { Activity } from '@sluice/pipeline';
import type { ServeOptions } from '../serve-options.ts';
import { startServer } from '../start-server.ts';

/** A server that runs until it is stopped, on a free port of loopback. */
export interface Served {
  /** Ends in a slash. */
  readonly url: string;
  stop(): Promise<void>;
}

async function* batchesOf(activities: readonly Activity[]): AsyncGenerator<readonly Activity[]> {
  for (let start = 0; start < activities.length; start += 1000) yield activities.slice(start, start + 1000);
}

/** Starts a real server for activities, or for batches of them as a source gives them. */
export async function serve(
  activities: readonly Activity[] | AsyncIterable<readonly Activity[]>,
  options: Partial<ServeOptions> = {},
): Promise<Served> {
  const abort = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  const url = await new Promise<string>((resolve, reject) => {
    ended = startServer({
      activities: Array.isArray(activities)
        ? batchesOf(activities)
        : (activities as AsyncIterable<readonly Activity[]>),
      host: '127.0.0.1',
      port: 0,
      calendar: { name: 'Work of the team' },
      signal: abort.signal,
      onListening: resolve,
      ...options,
    });
    ended.catch(reject);
  });
  const stop = (): Promise<void> => {
    abort.abort();
    return ended;
  };
  return { url, stop };
}
