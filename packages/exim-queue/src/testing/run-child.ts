// Runs Exim as whoever runs it, for a short time: `run-child.ts '["-M","ID"]'` prints what came of it.
import { runExim } from '../exim/run-exim.ts';
import { locateQueue } from '../locate-queue.ts';

const run = await runExim(await locateQueue(), JSON.parse(process.argv[2] ?? '[]'), { timeoutMs: 300 });
process.stdout.write(`${JSON.stringify(run)}\n`);
