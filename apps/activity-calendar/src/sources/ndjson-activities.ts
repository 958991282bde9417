import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import type { Activity, Reject } from '@sluice/pipeline';
import { matchesAuthor } from '@sluice/vcs-events/batches';
import type { SourceSpec } from '../config/source-spec.ts';
import { confidentialActivity } from './confidential-activity.ts';
import { parseActivity } from './parse-activity.ts';
import type { SourceOptions } from './source-options.ts';
import { type TextLine, TextLines } from './text-lines.ts';

/** Longest line, in characters. */
const maxLineLength = 1 << 20;

/** Whether a source wants an activity. */
function filterOf({ author, since, until }: SourceSpec): (activity: Activity) => boolean {
  const isOfAuthor = author === undefined ? undefined : matchesAuthor(author);
  return (activity) => {
    if (activity.removed === true) return true;
    const { name = '', email = '' } = activity.author ?? {};
    if (isOfAuthor?.({ name, email }) === false) return false;
    return activity.startMs >= (since?.fromMs ?? -Infinity) && activity.startMs < (until?.untilMs ?? Infinity);
  };
}

/**
 * Activities that another program made: one JSON object a line, from a file or, for `-`, from standard input. A line that is
 * none is a reject.
 */
export async function* ndjsonActivities(
  spec: SourceSpec,
  { signal, rejects, onRead }: SourceOptions,
): AsyncGenerator<readonly Activity[], void, undefined> {
  const { location, confidential } = spec;
  const isWanted = filterOf(spec);
  const lines = new TextLines(maxLineLength);
  let count = 0;
  const reject = (reason: string): Reject => ({
    component: 'activity-calendar',
    code: 'ERR_ACTIVITY_CALENDAR_ACTIVITY',
    reason,
    path: `${location === '-' ? 'standard input' : location}:${count}`,
  });
  const toActivities = (found: readonly TextLine[]): Activity[] => {
    const activities: Activity[] = [];
    for (const line of found) {
      count += 1;
      if (line === undefined) rejects.next(reject(`longer than ${maxLineLength} characters`));
      else if (line.trim() !== '') {
        const activity = parseActivity(line);
        if (typeof activity === 'string') rejects.next(reject(activity));
        else if (isWanted(activity)) activities.push(confidential === true ? confidentialActivity(activity) : activity);
      }
    }
    onRead?.(count);
    return activities;
  };
  const input: Readable = location === '-' ? process.stdin : createReadStream(location);
  try {
    for await (const chunk of addAbortSignal(signal, input)) yield toActivities(lines.add(chunk as Uint8Array));
    yield toActivities(lines.end());
  } catch (error) {
    // What was cut by the abort says so by an error of its own.
    if (!signal.aborted) throw error;
  }
}
