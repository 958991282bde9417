import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalendarFileState } from './calendar-file-result.ts';
import type { CalendarLock } from './calendar-lock.ts';
import { copyPieces } from './copy-pieces.ts';
import { FileChanged } from './file-changed.ts';
import { layOut, type NewFile } from './lay-out.ts';
import type { PendingEvents } from './pending-events.ts';
import { putInPlace } from './put-in-place.ts';
import { type Family, readFamily } from './read-family.ts';
import type { RunContext } from './run-context.ts';
import { identityOf, isSame, openTarget, type Target } from './target.ts';
import { TemporaryFile } from './temporary-file.ts';

/** What a rewriting did. */
export interface Rewriting {
  readonly states: readonly CalendarFileState[];
  /** Uids for which there was no room, because each file more would be one too many. */
  readonly unplaced: ReadonlySet<string>;
}

interface Plan {
  readonly target: Target;
  readonly file: NewFile;
}

/**
 * Makes a calendar's files what the pending events ask for: reads all of them once, works out how they shall be, and writes
 * those that differ. Until all of them are on the disk none has changed.
 *
 * @throws FileChanged when another program changed one of them meanwhile; none of them was touched
 */
export async function rewrite(context: RunContext, pending: PendingEvents, lock: CalendarLock): Promise<Rewriting> {
  pending.reset();
  const family = await readFamily(context, pending);
  const { added, unplaced } = addedByPeriod(context, family, pending);
  const plans = planFiles(context, family, added);
  const written: TemporaryFile[] = [];
  try {
    for (const { target, file } of plans) {
      if (!file.changed) continue;
      const temporary = new TemporaryFile(target);
      written.push(temporary);
      await copyPieces(file.pieces, temporary, context.signal);
      await temporary.settle();
    }
    context.signal.throwIfAborted();
    const areSame = plans.every(({ target }) => isSame(target.now, identityOf(target.path)));
    if (!areSame || !(await lock.isHeld())) throw new FileChanged();
    await putInPlace(written);
  } finally {
    for (const temporary of written) temporary.discard();
  }
  const states = plans.map(({ target, file: { events, bytes, changed } }) => {
    return { path: target.path, events, bytes, changed };
  });
  return { states, unplaced };
}

/** The events that no file has yet, by period, and those for whose period there may be no file. */
function addedByPeriod({ settings }: RunContext, family: Family, pending: PendingEvents) {
  const added = new Map<string, Buffer[]>([...family.keys()].map((period) => [period, []]));
  const unplaced = new Set<string>();
  let files = [...family.values()].reduce((total, olds) => total + olds.length, 0);
  for (const [uid, { bytes, placed, period }] of pending.entries()) {
    if (bytes === undefined || placed) continue;
    let events = added.get(period);
    if (events === undefined && files < settings.maxFiles) {
      files += 1;
      events = [];
      added.set(period, events);
    }
    if (events === undefined) unplaced.add(uid);
    else events.push(bytes);
  }
  return { added, unplaced };
}

function planFiles(context: RunContext, family: Family, added: ReadonlyMap<string, readonly Buffer[]>): Plan[] {
  const { settings, names, head, foot } = context;
  const { maxBytes, maxEvents, maxFiles } = settings;
  const plans: Plan[] = [];
  for (const period of [...added.keys()].sort()) {
    const events = added.get(period) ?? [];
    for (const file of layOut(family.get(period) ?? [], events, { head, foot, maxBytes, maxEvents })) {
      const { old, number } = file;
      plans.push({ file, target: old?.target ?? newTarget(names.pathOf({ period, number }), family, period, number) });
    }
  }
  if (plans.length <= maxFiles) return plans;
  const details = { limit: maxFiles, file: settings.path, cure: 'raise maxFiles, or the size of a file' };
  throw new IcalSinkError('ERR_ICAL_SINK_FILES', `more than ${maxFiles} files would be needed`, details);
}

/** A place where nothing is, or an empty file. */
function newTarget(path: string, family: Family, period: string, number: number): Target {
  const target = openTarget(path);
  if (target.now === undefined || target.now.size === 0n) return target;
  // Where the numbers of the files that were read end, it came just now and is read at the next attempt.
  if (number === (family.get(period)?.length ?? 0) + 1) throw new FileChanged();
  const details = { file: path, cure: 'move it away' };
  throw new IcalSinkError('ERR_ICAL_SINK_FILE', 'stands where a new file of the calendar has to be', details);
}
