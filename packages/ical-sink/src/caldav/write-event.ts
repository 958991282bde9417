import type { Activity } from '@sluice/pipeline';
import { IcalSinkError } from '../ical-sink-error.ts';
import { davFault } from './dav-fault.ts';
import { type DavObject, type DavObjects, objectName } from './dav-objects.ts';
import type { CalDavOutcome } from './outcome.ts';
import { type StoredEvent, storedEvent } from './stored-event.ts';

/** What there is to do for one activity. */
export interface Task {
  readonly activity: Activity;
  /** The calendar object; empty for one that is to be deleted. */
  readonly text: string;
}

const maxTries = 2;
const gone = new Set([404, 410]);
/** How servers say that another object has the uid: Radicale 409, others 403 or 400 with the same name in the body. */
const uidConflicts = new Set([400, 403, 409]);

/**
 * Brings one event to the state of its activity, on condition that it is as it was read. When it is not, it is read again
 * and judged again, once.
 */
export async function writeEvent(objects: DavObjects, task: Task, read: DavObject | undefined): Promise<CalDavOutcome> {
  const { uid } = task.activity;
  const name = objectName(uid);
  let object = read;
  for (let tries = 1; ; tries += 1) {
    const step = await oneStep(objects, task, object);
    if (step.outcome !== 'again') return step;
    if (tries === maxTries) {
      const fault = `${objects.urlOf(name).href} is changed by others again and again`;
      return failed(uid, new IcalSinkError('ERR_ICAL_SINK_CONFLICT', fault, { value: step.status }), step.status);
    }
    object = step.object ?? (await objects.read([name])).get(name);
  }
}

/** What {@link writeEvent} would give, were nothing to go wrong. */
export function plannedOutcome({ activity, text }: Task, object: DavObject | undefined): CalDavOutcome {
  const { uid, removed } = activity;
  if (removed === true) return { uid, outcome: object === undefined ? 'absent' : 'deleted' };
  if (object === undefined) return { uid, outcome: 'created' };
  return { uid, outcome: says(object.event, storedEvent(text)) ? 'unchanged' : 'updated' };
}

/** An outcome, or that things are not as they were read; then perhaps with how they are. */
type Step = CalDavOutcome | { readonly outcome: 'again'; readonly status: number; readonly object?: DavObject };

async function oneStep(objects: DavObjects, task: Task, object: DavObject | undefined): Promise<Step> {
  const planned = plannedOutcome(task, object);
  const { uid, outcome } = planned;
  if (outcome === 'unchanged' || outcome === 'absent') return planned;
  const response = await sent(objects, task, object);
  const { ok, status } = response;
  if (ok) return { uid, outcome, status };
  if (status === 412) return { outcome: 'again', status };
  if (gone.has(status) && outcome === 'deleted') return { uid, outcome: 'absent', status };
  const text = await response.text();
  if (outcome === 'created' && uidConflicts.has(status) && text.includes('no-uid-conflict')) {
    const other = await objects.findUid(uid);
    if (other !== undefined) return { outcome: 'again', status, object: other };
  }
  const what = outcome === 'deleted' ? 'deleted' : 'written';
  return failed(
    uid,
    davFault(`${(object?.url ?? objects.urlOf(objectName(uid))).href} cannot be ${what}`, status, text),
    status,
  );
}

function sent(objects: DavObjects, { activity, text }: Task, object: DavObject | undefined): Promise<Response> {
  if (object === undefined) return objects.create(objectName(activity.uid), text);
  return activity.removed === true ? objects.delete(object) : objects.update(object, text);
}

const failed = (uid: string, error: IcalSinkError, status: number): CalDavOutcome => ({
  uid,
  outcome: 'failed',
  status,
  error,
});

/** Whether what is stored says what is to be stored, or something later. */
const says = (stored: StoredEvent | undefined, wanted: StoredEvent | undefined): boolean =>
  stored !== undefined &&
  wanted !== undefined &&
  (stored.sequence > wanted.sequence || (stored.sequence === wanted.sequence && stored.content === wanted.content));
