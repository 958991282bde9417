import type { Activity } from '@sluice/pipeline';
import { Observable, type OperatorFunction } from 'rxjs';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalendarFileOptions } from '../options.ts';
import type { CalendarFileResult } from './calendar-file-result.ts';
import { fileError } from './file-error.ts';
import { fileSettings } from './file-settings.ts';
import { openRun } from './open-run.ts';

/**
 * Writes activities to an iCalendar file, or to several, as `CalendarFile` does, and emits one result when all is written.
 *
 * 1. Each activity is taken when it comes. `replace` writes it at once, so a synchronous source is paced by the disk.
 * 2. `upsert` rewrites the files when `maxPendingBytes` of events wait, and takes further ones meanwhile. When as many again
 *    wait before that is done, the stream errors with `ERR_ICAL_SINK_OVERFLOW`: such a source is to be read in batches, and
 *    `CalendarFile.write` awaited for each.
 * 3. When the source completes, the files are made what they shall be; then the result is emitted, and the stream completes.
 * 4. An error of the source, `signal` and unsubscribing leave the files as they are (save what 2 has written); an abort
 *    completes the stream without a result.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_OPTION`
 */
export function toCalendarFile(
  path: string,
  options: CalendarFileOptions = {},
): OperatorFunction<Activity, CalendarFileResult> {
  const settings = fileSettings(path, options);
  const { signal } = options;
  return (source) =>
    new Observable((subscriber) => {
      if (signal?.aborted === true) {
        subscriber.complete();
        return;
      }
      const abort = new AbortController();
      const run = openRun(settings, options, abort.signal);
      let working: Promise<void> | undefined;

      const fail = (error: unknown): void => subscriber.error(fileError(error, path));
      const flush = (): void => {
        working = run.flush().then(() => {
          working = undefined;
          if (run.load >= 1 && !subscriber.closed) flush();
        });
        working.catch(fail);
      };
      const take = (activity: Activity): void => {
        try {
          run.add(activity);
        } catch (error) {
          fail(error);
          return;
        }
        if (run.load < 1) return;
        if (working === undefined) {
          flush();
          return;
        }
        const fault = `activities come faster than ${path} can be rewritten`;
        const details = {
          limit: settings.maxPendingBytes,
          cure: 'read the source in batches, or raise maxPendingBytes',
        };
        fail(new IcalSinkError('ERR_ICAL_SINK_OVERFLOW', fault, details));
      };
      const finish = async (): Promise<void> => {
        while (working !== undefined) await working;
        if (subscriber.closed) return;
        const result = await run.commit();
        subscriber.next(result);
        subscriber.complete();
      };

      const stop = (): void => subscriber.complete();
      signal?.addEventListener('abort', stop, { once: true });
      subscriber.add(() => {
        signal?.removeEventListener('abort', stop);
        abort.abort();
        run.discard();
      });
      const end = (): void => void finish().catch(fail);
      subscriber.add(
        source.subscribe({ next: take, error: (error: unknown) => subscriber.error(error), complete: end }),
      );
    });
}
