import { stopOnSignals } from '@sluice/command-line';
import { logmatch } from './logmatch.ts';

const args = process.argv.slice(2);
// A search of files ends at once, as it would without this.
const stop = args.includes('--follow') ? stopOnSignals(0) : new AbortController();

void logmatch(args, { stdout: 1, stderr: 2, stop }).then((status) => {
  process.exitCode = status;
});
