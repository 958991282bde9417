import type { Activity } from '@sluice/pipeline';
import { maxTracked } from '../calendar/max-tracked.ts';
import { UidSet } from '../calendar/uid-set.ts';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalendarFileResult, CalendarFileState } from './calendar-file-result.ts';
import { CalendarLock } from './calendar-lock.ts';
import { checkSize } from './check-size.ts';
import type { FileRun } from './file-run.ts';
import { OpenFiles } from './open-files.ts';
import { periodOf } from './period-of.ts';
import { putInPlace } from './put-in-place.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import type { RunContext } from './run-context.ts';
import { sameContent } from './same-content.ts';
import { identityOf, openTarget, type Target } from './target.ts';
import { TemporaryFile } from './temporary-file.ts';

interface Draft {
  readonly period: string;
  readonly number: number;
  readonly file: TemporaryFile;
  events: number;
}

const maxOpen = 16;

/** Writes new files beside the old ones as activities come, and at the end puts them in their places. Memory is flat. */
export class ReplaceRun implements FileRun {
  readonly load: number = 0;
  readonly #context: RunContext;
  readonly #open = new OpenFiles(maxOpen);
  readonly #uids = new UidSet(maxTracked);
  /** The file that each period is at. */
  readonly #current = new Map<string, Draft>();
  #drafts: Draft[] = [];
  #rejected = 0;
  #isCommitting = false;

  constructor(context: RunContext) {
    this.#context = context;
  }

  add(activity: Activity): void {
    const { encoder, reports, settings } = this.#context;
    reports.count('taken');
    let bytes: Buffer;
    let draft: Draft;
    try {
      bytes = encoder.encode(activity);
      if (bytes.length === 0) {
        reports.count('skipped');
        return;
      }
      checkSize(bytes.length, this.#context);
      if (!this.#uids.add(activity.uid)) throw new IcalSinkError('ERR_ICAL_SINK_DUPLICATE', 'a uid that came before');
      draft = this.#draftFor(periodOf(activity.startMs, settings.split), bytes.length);
    } catch (error) {
      if (isAboutFile(error)) throw error;
      this.#rejected += 1;
      reports.reject(error, activity);
      return;
    }
    this.#open.write(draft.file, bytes);
    draft.events += 1;
  }

  async flush(): Promise<void> {}

  async commit(): Promise<CalendarFileResult> {
    const { settings, names, foot, signal } = this.#context;
    if (settings.split === undefined && this.#drafts.length === 0) this.#begin('', 1);
    for (const { file } of this.#drafts) this.#open.write(file, foot);
    const lock = await CalendarLock.take(names.lockPath, settings.lockTimeoutMs, signal);
    this.#isCommitting = true;
    try {
      removeLeftovers(names, Date.now());
      this.#emptyTheRest();
      return this.#result(await this.#putInPlace());
    } finally {
      this.#isCommitting = false;
      this.discard();
      await lock.release();
    }
  }

  discard(): void {
    // Files that are taking their places are not to vanish on their way; `commit` discards what is left.
    if (this.#isCommitting) return;
    for (const { file } of this.#drafts) file.discard();
    this.#drafts = [];
  }

  async #putInPlace(): Promise<CalendarFileState[]> {
    const { signal } = this.#context;
    const states: CalendarFileState[] = [];
    const changed: TemporaryFile[] = [];
    const drafts = this.#drafts.toSorted((one, other) =>
      one.period === other.period ? one.number - other.number : one.period < other.period ? -1 : 1,
    );
    for (const { file, events } of drafts) {
      signal.throwIfAborted();
      const isChanged = !(await isWrittenAlready(file));
      if (isChanged) {
        await file.settle();
        changed.push(file);
      }
      states.push({ path: file.target.path, events, bytes: file.bytes, changed: isChanged });
    }
    signal.throwIfAborted();
    await putInPlace(changed);
    return states;
  }

  #result(files: readonly CalendarFileState[]): CalendarFileResult {
    const { reports } = this.#context;
    const sum = (isChanged: boolean, what: 'events' | 'bytes'): number =>
      files.reduce((total, file) => total + (file.changed === isChanged ? file[what] : 0), 0);
    const [added, kept] = [sum(true, 'events'), sum(false, 'events')];
    reports.count('written', added);
    reports.count('kept', kept);
    reports.count('bytes', sum(true, 'bytes'));
    return { files, added, replaced: 0, removed: 0, kept, rejected: this.#rejected };
  }

  /** The file for an event of so many bytes. */
  #draftFor(period: string, length: number): Draft {
    const { settings, foot } = this.#context;
    const draft = this.#current.get(period);
    if (draft === undefined) return this.#begin(period, 1);
    const bytes = draft.file.bytes + length + foot.length;
    if (draft.events < settings.maxEvents && bytes <= settings.maxBytes) return draft;
    const next = this.#begin(period, draft.number + 1);
    this.#open.rest(draft.file);
    return next;
  }

  #begin(period: string, number: number): Draft {
    const { names, head, settings } = this.#context;
    if (this.#drafts.length >= settings.maxFiles) {
      const fault = `more than ${settings.maxFiles} files would be needed`;
      throw new IcalSinkError('ERR_ICAL_SINK_FILES', fault, { limit: settings.maxFiles });
    }
    const draft = this.#make(openTarget(names.pathOf({ period, number })), period, number);
    this.#current.set(period, draft);
    this.#open.write(draft.file, head);
    return draft;
  }

  #make(target: Target, period: string, number: number): Draft {
    const draft = { period, number, file: new TemporaryFile(target), events: 0 };
    this.#drafts.push(draft);
    return draft;
  }

  /** Files with higher numbers, left by an earlier writing that needed more of them, shall hold no events any more. */
  #emptyTheRest(): void {
    const { settings, names, head, foot } = this.#context;
    if (settings.maxBytes === Number.POSITIVE_INFINITY && settings.maxEvents === Number.POSITIVE_INFINITY) return;
    for (const { period, number } of [...this.#current.values()]) {
      for (let next = number + 1; ; next += 1) {
        const path = names.pathOf({ period, number: next });
        if (identityOf(path) === undefined) break;
        const draft = this.#make(openTarget(path), period, next);
        this.#open.write(draft.file, head);
        this.#open.write(draft.file, foot);
      }
    }
  }
}

/** Whether it is the file that is wrong, not the activity. */
const isAboutFile = (error: unknown): boolean =>
  error instanceof IcalSinkError && (error.code === 'ERR_ICAL_SINK_FILE' || error.code === 'ERR_ICAL_SINK_FORMAT');

/** Whether the target has the very same content already. */
async function isWrittenAlready(file: TemporaryFile): Promise<boolean> {
  file.rest();
  const { path } = file.target;
  const now = identityOf(path);
  return now !== undefined && Number(now.size) === file.bytes && (await sameContent(file.path, path, file.bytes));
}
