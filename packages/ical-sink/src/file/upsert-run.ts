import type { Activity } from '@sluice/pipeline';
import { sanitizeText } from '../calendar/sanitize-text.ts';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalendarFileResult, CalendarFileState } from './calendar-file-result.ts';
import { CalendarLock } from './calendar-lock.ts';
import { checkSize } from './check-size.ts';
import { FileChanged } from './file-changed.ts';
import type { FileRun } from './file-run.ts';
import { PendingEvents } from './pending-events.ts';
import { periodOf } from './period-of.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import { rewrite } from './rewrite.ts';
import type { RunContext } from './run-context.ts';

const maxAttempts = 5;

/** Gathers events, and rewrites the files with them: at the end, or when they are as many as may wait. */
export class UpsertRun implements FileRun {
  readonly #context: RunContext;
  #pending = new PendingEvents();
  #states = new Map<string, CalendarFileState>();
  readonly #total = { added: 0, replaced: 0, removed: 0, kept: 0, rejected: 0 };
  #isRewritten = false;

  constructor(context: RunContext) {
    this.#context = context;
  }

  get load(): number {
    return this.#pending.bytes / this.#context.settings.maxPendingBytes;
  }

  add(activity: Activity): void {
    const { encoder, reports, settings } = this.#context;
    reports.count('taken');
    try {
      const uid = sanitizeText(activity.uid);
      if (activity.removed === true) {
        if (!this.#pending.remove(uid)) reports.count('skipped');
        return;
      }
      const bytes = encoder.encode(activity);
      checkSize(bytes.length, this.#context);
      const period = periodOf(activity.startMs, settings.split);
      const sequence = activity.sequence ?? 0;
      if (!this.#pending.put(uid, Buffer.from(bytes), sequence, period)) reports.count('skipped');
    } catch (error) {
      this.#total.rejected += 1;
      reports.reject(error, activity);
    }
  }

  async flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = new PendingEvents();
    const { settings, names, signal } = this.#context;
    const lock = await CalendarLock.take(names.lockPath, settings.lockTimeoutMs, signal);
    try {
      removeLeftovers(names, Date.now());
      await this.#rewrite(pending, lock);
    } finally {
      await lock.release();
    }
  }

  async commit(): Promise<CalendarFileResult> {
    if (this.#pending.size > 0 || !this.#isRewritten) await this.flush();
    return { files: [...this.#states.values()], ...this.#total };
  }

  discard(): void {
    this.#pending = new PendingEvents();
  }

  /** Another program that changes a file in between has its change taken in. */
  async #rewrite(pending: PendingEvents, lock: CalendarLock): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const outcome = await rewrite(this.#context, pending, lock);
        this.#note(outcome.states);
        this.#count(pending, outcome.unplaced);
        return;
      } catch (error) {
        if (!(error instanceof FileChanged)) throw error;
        if (attempt < maxAttempts) continue;
        const fault = `another program changed the calendar ${maxAttempts} times while it was being rewritten`;
        const details = { file: this.#context.settings.path, cure: 'let one program write it', limit: maxAttempts };
        throw new IcalSinkError('ERR_ICAL_SINK_CHANGED', fault, details);
      }
    }
  }

  #note(states: readonly CalendarFileState[]): void {
    this.#isRewritten = true;
    const before = this.#states;
    this.#states = new Map();
    for (const state of states) {
      const changed = state.changed || before.get(state.path)?.changed === true;
      this.#states.set(state.path, { ...state, changed });
      if (state.changed) this.#context.reports.count('bytes', state.bytes);
    }
  }

  #count(pending: PendingEvents, unplaced: ReadonlySet<string>): void {
    const { reports } = this.#context;
    const total = this.#total;
    const before = { ...total };
    for (const [uid, { bytes, found, same }] of pending.entries()) {
      if (unplaced.has(uid)) {
        total.rejected += 1;
        const { maxFiles } = this.#context.settings;
        const fault = `more than ${maxFiles} files would be needed`;
        reports.reject(new IcalSinkError('ERR_ICAL_SINK_FILES', fault, { limit: maxFiles }), { uid });
      } else if (bytes === undefined) {
        if (found) total.removed += 1;
        else reports.count('skipped');
      } else if (same) total.kept += 1;
      else if (found) total.replaced += 1;
      else total.added += 1;
    }
    reports.count('written', total.added + total.replaced - before.added - before.replaced);
    reports.count('kept', total.kept - before.kept);
    reports.count('removed', total.removed - before.removed);
  }
}
