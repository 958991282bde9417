import { stopOnSignals } from '@sluice/command-line';
import { activityCalendar } from './activity-calendar.ts';

const io = { stdout: 1, stderr: 2, env: process.env, stop: stopOnSignals() };

void activityCalendar(process.argv.slice(2), io).then((status) => {
  // All that it writes is written when it returns. Taking the heap of a long history apart would only take time.
  process.exit(status);
});
