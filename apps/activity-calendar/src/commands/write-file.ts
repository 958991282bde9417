import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CalendarFile, CalendarFileResult } from '@sluice/ical-sink/batches';
import type { SourceSpec } from '../config/source-spec.ts';
import { calendarSiblings } from '../output/calendar-siblings.ts';
import { beginReading } from '../sources/begin-reading.ts';
import { Reading } from '../sources/reading.ts';
import { CursorState } from '../state/cursor-state.ts';
import { calendarFileOptions } from './calendar-file-options.ts';
import type { CommandContext } from './command-context.ts';
import { inSessions } from './in-sessions.ts';
import { statusOf } from './status-of.ts';
import { changesText, filesText, foundText } from './summary-text.ts';

interface Written {
  readonly reading: Reading;
  /** Undefined when nothing was written: a source failed, or reading was stopped. */
  readonly result: CalendarFileResult | undefined;
}

/** One pass over the sources into the file. In `replace` mode a source that fails leaves the old file as it is. */
async function onePass(
  context: CommandContext,
  output: string,
  sources: readonly SourceSpec[],
  mode: 'replace' | 'upsert',
  state?: CursorState,
): Promise<Written> {
  const { io, messages, progress, job } = context;
  const stop = new AbortController();
  const signal = AbortSignal.any([io.stop.signal, stop.signal]);
  const { maxBytes, maxEvents } = job.calendar;
  // What goes on in a second file stays there when something is added, if the oldest comes first.
  const anyOrder = mode === 'replace' && maxBytes === undefined && maxEvents === undefined;
  const reading = new Reading(sources, { signal, messages, progress, state, anyOrder });
  const batches = beginReading(inSessions(reading.batches(), job.calendar, false));
  let file: CalendarFile | undefined;
  try {
    const { CalendarFile } = await import('@sluice/ical-sink/batches');
    file = new CalendarFile(output, calendarFileOptions(context, mode));
    for await (const batch of batches) await file.write(batch);
    const { failed } = reading;
    const isToStay = signal.aborted || failed.length === sources.length || (failed.length > 0 && mode === 'replace');
    if (isToStay) await file.abort();
    return { reading, result: isToStay ? undefined : await file.close() };
  } catch (error) {
    // What was begun before there was a file to write it to is not iterated by anyone.
    stop.abort();
    await file?.abort();
    throw error;
  }
}

/** Sessions change when one of their activities is missing, so a file of them is written only from all sources. */
const otherSources = ({ job }: CommandContext, { failed }: Reading): readonly SourceSpec[] =>
  job.calendar.session === undefined ? job.sources.filter((source) => !failed.includes(source)) : [];

/**
 * Writes the calendar file, all at once. When a source cannot be read, the events that the file has of it stay: the others
 * are then written by replacing what is theirs.
 */
async function write(context: CommandContext, output: string): Promise<number> {
  const { job, messages, io } = context;
  const { upsert, state } = job.calendar;
  const isPartial = upsert === true || job.faults.length > 0;
  const cursors = state === undefined ? undefined : new CursorState(state, calendarSiblings(output).length === 0);
  let { reading, result } = await onePass(context, output, job.sources, isPartial ? 'upsert' : 'replace', cursors);
  const others = otherSources(context, reading);
  if (result === undefined && reading.failed.length > 0 && others.length > 0 && !io.stop.signal.aborted) {
    const again = await onePass(context, output, others, 'upsert', cursors);
    again.reading.failed.push(...reading.failed);
    ({ reading, result } = again);
  }
  if (result !== undefined && job.run.dryRun !== true) await cursors?.save();
  const found = foundText(reading, job);
  if (result === undefined) messages.note(`${found}: ${path.basename(output)} was not written`);
  else {
    const would = job.run.dryRun === true ? 'would be ' : '';
    messages.note(`${found}: ${would}${changesText(result)} → ${filesText(result, output)}`);
  }
  return statusOf(context, reading);
}

/** Does all of it on copies in a folder of its own, which tells exactly what would be done. */
async function tryOut(context: CommandContext, output: string): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'activity-calendar-'));
  try {
    for (const file of calendarSiblings(output)) copyFileSync(file, path.join(folder, path.basename(file)));
    return await write(context, path.join(folder, path.basename(output)));
  } catch (error) {
    if (error instanceof Error) error.message = error.message.replaceAll(folder, path.dirname(output));
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the calendar to a file, or with `--dry-run` says what that would change. */
export const writeFile = (context: CommandContext, output: string): Promise<number> =>
  context.job.run.dryRun === true ? tryOut(context, output) : write(context, output);
