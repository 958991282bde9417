import { terminalOf, writeAll } from '@sluice/command-line';
import { Reading } from '../sources/reading.ts';
import { ActivityStats } from '../stats/activity-stats.ts';
import { heatmapText } from '../stats/heatmap-text.ts';
import { hoursText } from '../stats/hours-text.ts';
import { dayKey, localTime, zoneOf } from '../stats/local-time.ts';
import type { CommandContext } from './command-context.ts';
import { statusOf } from './status-of.ts';

const defaultColumns = 80;

/** Prints how much was done when: a year's heatmap and the hours of the week, or the numbers as JSON. */
export async function printStats(context: CommandContext): Promise<number> {
  const { job, io, messages, progress } = context;
  const { year, utc = false, json } = job.run;
  const stats = new ActivityStats({ utc });
  const reading = new Reading(job.sources, { signal: io.stop.signal, messages, progress });
  for await (const batch of reading.batches()) {
    for (const activity of batch) {
      const day = localTime(activity.startMs, utc ? 0 : zoneOf(activity))?.day;
      if (year === undefined || (day !== undefined && dayKey(day).startsWith(`${year}-`))) stats.add(activity);
    }
  }
  // Half of the numbers are wrong numbers.
  if (io.stop.signal.aborted) return statusOf(context, reading);
  if (json === true) writeAll(io.stdout, `${JSON.stringify(stats)}\n`);
  else {
    const { columns = defaultColumns, hasColor: color } = terminalOf(io);
    const heatmap = heatmapText(stats, { columns, color, ...(year === undefined ? {} : { year }) });
    writeAll(io.stdout, stats.total === 0 ? heatmap : `${heatmap}\n${hoursText(stats, { columns, color })}`);
  }
  if (stats.total === 0) reading.found = 0;
  return statusOf(context, reading);
}
