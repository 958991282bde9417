import type { OptionTexts } from '@sluice/command-line';
import { ActivityCalendarError } from '../activity-calendar-error.ts';
import type { Request } from '../command-line/request.ts';
import { usageError } from '../command-line/usage-error.ts';
import { nameOf } from '../config/source-spec.ts';
import type { CalendarJob } from './calendar-job.ts';

const kindOfScript = { svn2ical: 'svn', maildir2ical: 'maildir' } as const;

function checkSources({ sources, calendar: { compat, session }, run: { follow } }: CalendarJob): void {
  if (sources.filter(({ kind, location }) => kind === 'activities' && location === '-').length > 1) {
    throw usageError('standard input can be read once only', 'name one source -');
  }
  const [file] = sources.filter(({ kind, location }) => kind === 'activities' && location !== '-');
  if (follow === true && file !== undefined) {
    throw usageError(`--follow does not go with ${nameOf(file)}`, 'pipe what is added into "activities -"');
  }
  if (compat === undefined) return;
  const other = sources.find(({ kind }) => kind !== kindOfScript[compat]);
  if (other !== undefined) {
    const fault = `${compat} wrote of sources of kind ${kindOfScript[compat]}, and ${nameOf(other)} is none`;
    if (other.place === undefined) throw usageError(fault, 'leave out --compat');
    throw new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_CONFIG', fault, {
      ...other.place,
      cure: 'leave out compat',
    });
  }
  if (session !== undefined) throw usageError('--session does not go with --compat', 'leave out one of them');
}

function checkOutput({ calendar, run }: CalendarJob, options: OptionTexts): void {
  const { output, upsert, split, maxBytes, maxEvents, state } = calendar;
  const isFile = output !== undefined && output !== '-' && run.json !== true;
  if (run.json === true && typeof options['output'] === 'string' && output !== '-') {
    throw usageError('--json prints to standard output', 'leave out --output, or --json');
  }
  if (run.json === true || isFile) {
    const isUpsert = upsert === true || run.follow === true || run.json === true;
    if (state !== undefined && !isUpsert) {
      throw usageError('with a state only what is new is read', 'add --upsert, so that the file keeps what it has');
    }
    if (run.follow === true && run.dryRun === true)
      throw usageError('--dry-run does not go with --follow', 'leave out one');
    return;
  }
  const needsFile = Object.entries({
    upsert,
    split,
    'max-bytes': maxBytes,
    'max-events': maxEvents,
    state,
    follow: run.follow,
  });
  const [lacking] = needsFile.filter(([, value]) => value !== undefined);
  if (lacking !== undefined) throw usageError(`--${lacking[0]} needs a file to write`, 'give --output FILE');
}

/** Refuses what does not go together, so that nothing is begun that cannot be done. */
export function checkJob(command: Exclude<Request['command'], 'print'>, job: CalendarJob, options: OptionTexts): void {
  checkSources(job);
  if (command === 'write') checkOutput(job, options);
  if (command === 'push') {
    const { url, calendar } = job.caldav;
    if (url === undefined) throw usageError('there is no server', 'give --caldav URL, or caldav: url: in the file');
    if (calendar === undefined) throw usageError('there is no calendar to push to', 'give --calendar NAME');
  }
}
