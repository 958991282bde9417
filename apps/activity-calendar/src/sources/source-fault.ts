import { reasonOf } from '@sluice/command-line';
import { ComponentError } from '@sluice/pipeline';
import { ActivityCalendarError } from '../activity-calendar-error.ts';
import { nameOf, type SourceSpec } from '../config/source-spec.ts';

/** What went wrong with a source, with its place in the configuration file where it has one. */
export function sourceFault(spec: SourceSpec, error: unknown): ActivityCalendarError {
  // What is neither the reader's word nor the system's is a fault of this program, and keeps its trace.
  if (!(error instanceof ComponentError) && (error as NodeJS.ErrnoException).errno === undefined) throw error;
  const reason = error instanceof ComponentError ? error.message : reasonOf(error);
  const cure =
    error instanceof ComponentError
      ? undefined
      : `name ${spec.kind === 'activities' ? 'a file' : 'one'} that can be read`;
  return new ActivityCalendarError(
    'ERR_ACTIVITY_CALENDAR_SOURCE',
    reason.startsWith(spec.location) ? `${spec.kind} ${reason}` : `${nameOf(spec)}: ${reason}`,
    {
      ...spec.place,
      cure,
      cause: error,
    },
  );
}
