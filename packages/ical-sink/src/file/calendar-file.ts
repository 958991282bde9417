import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Activity } from '@sluice/pipeline';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalendarFileOptions } from '../options.ts';
import type { CalendarFileResult } from './calendar-file-result.ts';
import { fileError } from './file-error.ts';
import type { FileRun } from './file-run.ts';
import { fileSettings } from './file-settings.ts';
import { openRun } from './open-run.ts';

const activitiesPerTurn = 2048;

/**
 * Writes activities to an iCalendar file, or to several of one calendar.
 *
 * - `write(…)` any number of times, then `close()`: the files become what they shall be. Each is replaced in one step, with
 *   `fsync` of file and folder: whoever reads, and whatever ends this process, finds the old file or the new one, whole.
 * - A file that would become what it is, is not touched.
 * - Rights and owner of a file stay, and a symbolic link goes on pointing where it points. Only an iCalendar file or an empty
 *   one is ever replaced; what is damaged is refused, named with its line, and left alone.
 * - `replace` takes flat memory. `upsert` holds the new events up to `maxPendingBytes`; when they are more, the files are
 *   rewritten with these first, so `abort()` then leaves them changed so far. An unchanged old event is copied byte for byte,
 *   and so is all that is not an event.
 * - Several processes may write one calendar: with `upsert` nothing of either is lost, with `replace` the last one stands.
 *
 * Calls may overlap; they take their turns.
 */
export class CalendarFile {
  readonly #run: FileRun;
  readonly #abort = new AbortController();
  readonly #unlisten: () => void;
  readonly #path: string;
  #turn: Promise<unknown> = Promise.resolve();
  #end: { readonly error: unknown } | undefined;

  /** @throws IcalSinkError `ERR_ICAL_SINK_OPTION`, and what is wrong with a file that is there already */
  constructor(path: string, options: CalendarFileOptions = {}) {
    const settings = fileSettings(path, options);
    this.#path = path;
    this.#run = openRun(settings, options, this.#abort.signal);
    const { signal } = options;
    const stop = (): void => void this.abort();
    this.#unlisten = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
  }

  /**
   * Takes activities. Those that cannot be written go to `rejects`. With `upsert` the promise waits for the files to be
   * rewritten when too many events wait.
   *
   * @throws IcalSinkError as {@link close}
   */
  write(activities: readonly Activity[]): Promise<void> {
    return this.#inTurn(async () => {
      for (const [i, activity] of activities.entries()) {
        this.#abort.signal.throwIfAborted();
        this.#run.add(activity);
        if (this.#run.load >= 1) await this.#run.flush();
        if (i % activitiesPerTurn === activitiesPerTurn - 1) await nextTurn();
      }
    });
  }

  /**
   * Makes the files what they shall be, and tells what became of the activities. Nothing can be written afterwards.
   *
   * @throws IcalSinkError `ERR_ICAL_SINK_FILE`, `ERR_ICAL_SINK_FORMAT`, `ERR_ICAL_SINK_TRUNCATED`, `ERR_ICAL_SINK_LOCKED`,
   * `ERR_ICAL_SINK_CHANGED`, `ERR_ICAL_SINK_FILES`, `ERR_ICAL_SINK_TOO_LARGE`, `ERR_ICAL_SINK_ABORTED`; no file was changed,
   * save by the steps of `upsert` that were done before
   */
  close(): Promise<CalendarFileResult> {
    return this.#inTurn(async () => {
      const result = await this.#run.commit();
      this.#finish(aborted('it was closed'));
      return result;
    });
  }

  /** Leaves the files as they are, and waits until nothing else is left behind. After `close()` it does nothing. */
  async abort(): Promise<void> {
    this.#abort.abort(aborted('it was stopped'));
    await this.#turn.catch(() => {});
    if (this.#end === undefined) this.#finish(this.#abort.signal.reason);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => {
      if (this.#end !== undefined) throw this.#end.error;
      try {
        this.#abort.signal.throwIfAborted();
        return await work();
      } catch (error) {
        const reason: unknown = this.#abort.signal.aborted ? this.#abort.signal.reason : fileError(error, this.#path);
        this.#finish(reason);
        throw reason;
      }
    });
    this.#turn = result.catch(() => {});
    return result;
  }

  #finish(error: unknown): void {
    this.#end = { error };
    this.#unlisten();
    this.#run.discard();
  }
}

const aborted = (why: string): IcalSinkError =>
  new IcalSinkError('ERR_ICAL_SINK_ABORTED', `the calendar file takes nothing any more: ${why}`);
