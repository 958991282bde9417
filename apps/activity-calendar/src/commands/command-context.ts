import type { Io, Messages, ProgressLine } from '@sluice/command-line';
import type { CalendarJob } from '../job/calendar-job.ts';

/** What a command works with. */
export interface CommandContext {
  readonly job: CalendarJob;
  readonly io: Io;
  readonly messages: Messages;
  readonly progress: ProgressLine;
}
