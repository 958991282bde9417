import type { QueueAction } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';

/** An action, as the command line has it. */
export interface ActionSpec {
  /** What is asked and would be done: `remove`. */
  readonly verb: string;
  /** What was done: `removed`. */
  readonly done: string;
  /** What the options say; throws an EximqError `ERR_EXIMQ_USAGE`. */
  readonly action: (context: CommandContext) => QueueAction;
}
