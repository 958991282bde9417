import { printable, writeAll } from '@sluice/command-line';
import { CalDavCalendar, type CalDavOutcome } from '@sluice/ical-sink/batches';
import { calendarOptions } from '../job/calendar-job.ts';
import { Reading } from '../sources/reading.ts';
import type { CommandContext } from './command-context.ts';
import { inSessions } from './in-sessions.ts';
import { readPassword } from './read-password.ts';
import { statusOf } from './status-of.ts';
import { foundText } from './summary-text.ts';

/** Events that are sent before more is read. */
const batchSize = 500;

type Outcome = CalDavOutcome['outcome'];

function open({ job, io, messages }: CommandContext): Promise<CalDavCalendar> {
  const { url = '', calendar, user, create } = job.caldav;
  const password = readPassword(job.caldav, io.env);
  const { slotMs, compatibility } = calendarOptions(job);
  return CalDavCalendar.open({
    url,
    rejects: messages,
    signal: io.stop.signal,
    dryRun: job.run.dryRun === true,
    ...(calendar === undefined ? {} : { calendar }),
    ...(slotMs === undefined ? {} : { slotMs }),
    ...(compatibility === undefined ? {} : { compatibility }),
    ...(create === undefined ? {} : { create }),
    ...(user === undefined || password === undefined ? {} : { username: user, password }),
  });
}

/** Counts what became of the events, and prints it event by event where that is asked for. */
class Outcomes {
  readonly #counts = new Map<Outcome, number>();
  readonly #context: CommandContext;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  add(outcomes: readonly CalDavOutcome[]): void {
    const { job, io, messages, progress } = this.#context;
    for (const { outcome } of outcomes) this.#counts.set(outcome, (this.#counts.get(outcome) ?? 0) + 1);
    const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
    if (failed.length > 0) messages.hasProblems = true;
    const { json, dryRun } = job.run;
    progress.clear();
    if (json === true) writeAll(io.stdout, outcomes.map(jsonLine).join(''));
    else if (dryRun === true) writeAll(io.stdout, outcomes.map(dryLine).join(''));
  }

  /** `3 created, 0 updated, 9 unchanged`. */
  get text(): string {
    const named: readonly Outcome[] = ['created', 'updated', 'unchanged', 'deleted', 'absent', 'failed'];
    return named
      .map((outcome, index) => [outcome, this.#counts.get(outcome) ?? 0, index < 3] as const)
      .filter(([, count, isAlways]) => isAlways || count > 0)
      .map(([outcome, count]) => `${count.toLocaleString('en')} ${outcome}`)
      .join(', ');
  }
}

const jsonLine = ({ uid, outcome, status, error }: CalDavOutcome): string =>
  `${JSON.stringify({ uid, outcome, status, ...(error === undefined ? {} : { code: error.code, error: error.message }) })}\n`;

const dryLine = ({ uid, outcome }: CalDavOutcome): string => `${outcome} ${printable(uid)}\n`;

/** Puts the events on a CalDAV server: what it has already is not sent again. */
export async function push(context: CommandContext): Promise<number> {
  const { job, io, messages, progress } = context;
  const follow = job.run.follow === true;
  const calendar = await open(context);
  const reading = new Reading(job.sources, { follow, signal: io.stop.signal, messages, progress });
  const outcomes = new Outcomes(context);
  try {
    for await (const batch of inSessions(reading.batches(), job.calendar, follow)) {
      for (let at = 0; at < batch.length && !io.stop.signal.aborted; at += batchSize) {
        outcomes.add(await calendar.push(batch.slice(at, at + batchSize)));
      }
    }
  } finally {
    await calendar.close();
  }
  const would = job.run.dryRun === true ? 'would be ' : '';
  messages.note(`${foundText(reading, job)}: ${would}${outcomes.text} → ${job.caldav.calendar ?? job.caldav.url}`);
  return statusOf(context, reading);
}
