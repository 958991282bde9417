import { activityCalendar } from './activity-calendar.ts';

const stop = new AbortController();
const end = (): void => {
  // Whoever asks twice does not want to wait for a clean end.
  if (stop.signal.aborted) process.exit(2);
  stop.abort();
};
process.on('SIGINT', end).on('SIGTERM', end);

void activityCalendar(process.argv.slice(2), { stdout: 1, stderr: 2, env: process.env, stop }).then((status) => {
  // All that it writes is written when it returns. Taking the heap of a long history apart would only take time.
  process.exit(status);
});
