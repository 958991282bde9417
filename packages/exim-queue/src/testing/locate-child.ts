// Finds a queue as whoever runs it, and lists it if it is Exim that does, or its first batches: `locate-child.ts '{"backend":"auto"}'` prints one line of JSON.
import { locateQueue } from '../locate-queue.ts';
import type { OpenOptions } from '../options.ts';

const { batches = Number.POSITIVE_INFINITY, ...options }: OpenOptions & { batches?: number } = JSON.parse(
  process.argv[2] ?? '{}',
);
const answer = await locateQueue(options).then(
  async (place) => {
    const ids: string[] = [];
    if (place.backend === 'exim') {
      const { eximEntryBatches } = await import('../exim/list-by-exim.ts');
      let count = 0;
      for await (const batch of eximEntryBatches(place)) {
        ids.push(...batch.map(({ id }) => id));
        count += 1;
        if (count >= batches) break;
      }
    }
    return { place, ids };
  },
  ({ code, message }) => ({ code, message }),
);
process.stdout.write(`${JSON.stringify(answer)}\n`);
