import { readOptions } from '@sluice/command-line';
import type { Request } from '../command-line/request.ts';
import { usageError } from '../command-line/usage-error.ts';
import type { CalendarConfig } from '../config/read-config.ts';
import type { SourceSpec } from '../config/source-spec.ts';
import { caldavSettings } from '../settings/caldav-settings.ts';
import { calendarSettings } from '../settings/calendar-settings.ts';
import { runSettings } from '../settings/run-settings.ts';
import { serveSettings } from '../settings/serve-settings.ts';
import { sourceSettings } from '../settings/source-settings.ts';
import type { CalendarJob } from './calendar-job.ts';
import { checkJob } from './check-job.ts';

type Asked = Exclude<Request, { command: 'print' }>;

const nothing: CalendarConfig = { calendar: {}, caldav: {}, serve: {}, sources: [], faults: [] };

function sourcesOf({ kind, locations, options }: Asked): readonly SourceSpec[] {
  if (kind === undefined) return [];
  const settings = readOptions(options, sourceSettings, usageError);
  return locations.map((location) => ({ ...settings, kind, location }));
}

async function configOf({ kind, options }: Asked): Promise<CalendarConfig> {
  const file = options['config'];
  if (typeof file === 'string') {
    if (kind !== undefined)
      throw usageError(`--config does not go with ${kind}`, 'name sources in one of the two ways');
    // YAML takes time to load, which a command line without a file does not wait for.
    return (await import('../config/read-config.ts')).readConfig(file);
  }
  if (kind === undefined)
    throw usageError('there are no sources', 'give --config FILE, or a kind and where it is: git .');
  return nothing;
}

/**
 * What a request asks for. Where the configuration file and the command line say different things, the command line counts.
 *
 * @throws ActivityCalendarError `ERR_ACTIVITY_CALENDAR_USAGE` or `ERR_ACTIVITY_CALENDAR_CONFIG`
 */
export async function jobOf(asked: Asked): Promise<CalendarJob> {
  const { command, options } = asked;
  const config = await configOf(asked);
  const calendar = { ...config.calendar, ...readOptions(options, calendarSettings, usageError) };
  const { compat } = calendar;
  const sources = [...config.sources, ...sourcesOf(asked)].map((source) =>
    compat === undefined ? source : { ...source, compat },
  );
  const caldav = command === 'push' ? readOptions(options, caldavSettings, usageError) : {};
  const job: CalendarJob = {
    sources,
    calendar,
    caldav: { ...config.caldav, ...caldav },
    serve: { ...config.serve, ...readOptions(options, serveSettings, usageError) },
    run: readOptions(options, runSettings, usageError),
    faults: config.faults,
  };
  checkJob(command, job, options);
  return job;
}
