import { IcalSinkError } from '../ical-sink-error.ts';
import { allLimited } from './all-limited.ts';
import { type DavObject, type DavObjects, objectName } from './dav-objects.ts';
import type { CalDavOutcome } from './outcome.ts';
import { plannedOutcome, type Task, writeEvent } from './write-event.ts';

/** Objects asked for in one request. */
const readAtOnce = 100;
/** The state of a server that no other event would find otherwise. */
const serverStates = new Set([429, 502, 503, 504, 507]);

/** Where tasks are done. */
export interface PushTarget {
  readonly objects: DavObjects;
  readonly concurrency: number;
  readonly dryRun: boolean;
  /** False for a calendar that a dry run did not make. */
  readonly isThere: boolean;
}

/**
 * Does all tasks: reads what is there, a hundred at a time, and writes what differs, several at a time. Once the server
 * itself turns out to be at fault the rest fails with the same error, without asking it for each.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_ABORTED` and nothing else
 */
export async function pushTasks(target: PushTarget, tasks: readonly Task[]): Promise<CalDavOutcome[]> {
  const { objects, concurrency, dryRun, isThere } = target;
  let fault: IcalSinkError | undefined;

  const one = async (task: Task, read: DavObject | undefined): Promise<CalDavOutcome> => {
    const { uid } = task.activity;
    if (fault !== undefined) return { uid, outcome: 'failed', error: fault };
    if (dryRun) return plannedOutcome(task, read);
    try {
      const outcome = await writeEvent(objects, task, read);
      if (outcome.error !== undefined && serverStates.has(outcome.status ?? 0)) fault = outcome.error;
      return outcome;
    } catch (error) {
      const known = passOn(error);
      if (known.code !== 'ERR_ICAL_SINK_CALDAV') fault = known;
      return { uid, outcome: 'failed', error: known };
    }
  };

  const outcomes: CalDavOutcome[] = [];
  for (let start = 0; start < tasks.length; start += readAtOnce) {
    const some = tasks.slice(start, start + readAtOnce);
    let read = new Map<string, DavObject>();
    if (isThere && fault === undefined) {
      try {
        read = await objects.read(some.map(({ activity }) => objectName(activity.uid)));
      } catch (error) {
        fault = passOn(error);
      }
    }
    outcomes.push(
      ...(await allLimited(some, concurrency, (task) => one(task, read.get(objectName(task.activity.uid))))),
    );
  }
  return outcomes;
}

/** An error as an outcome has it. A stop is no outcome, and what is not ours is a fault of the program. */
function passOn(error: unknown): IcalSinkError {
  if (!(error instanceof IcalSinkError) || error.code === 'ERR_ICAL_SINK_ABORTED') throw error;
  return error;
}
