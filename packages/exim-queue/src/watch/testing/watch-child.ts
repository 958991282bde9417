// Follows a queue as whoever runs it: `watch-child.ts PLACE-AS-JSON` prints a line for each change and each reject.
import { changeBatches } from '../change-batches.ts';

const print = (...words: readonly unknown[]): void => void process.stdout.write(`${words.join(' ')}\n`);
const rejects = { next: ({ code }: { code: string }) => print(code) };
const place = JSON.parse(process.argv[2] ?? '{}');
for await (const batch of changeBatches(place, { reconcileMs: 100, rejects })) {
  for (const { kind, id } of batch) print(kind, id);
}
