import type { Io } from '../io.ts';
import type { CalendarJob } from '../job/calendar-job.ts';
import type { Messages } from '../output/messages.ts';
import type { ProgressLine } from '../output/progress-line.ts';

/** What a command works with. */
export interface CommandContext {
  readonly job: CalendarJob;
  readonly io: Io;
  readonly messages: Messages;
  readonly progress: ProgressLine;
}
