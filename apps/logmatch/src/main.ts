import { logmatch } from './logmatch.ts';

const stop = new AbortController();
const args = process.argv.slice(2);

// A search of files ends at once, as it would without this.
if (args.includes('--follow')) {
  const end = (): void => {
    if (stop.signal.aborted) process.exit();
    stop.abort();
  };
  process.on('SIGINT', end).on('SIGTERM', end);
}

void logmatch(args, { stdout: 1, stderr: 2, stop }).then((status) => {
  process.exitCode = status;
});
