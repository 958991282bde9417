import type { Messages, OptionTexts, ProgressLine } from '@sluice/command-line';
import type { Io } from './io.ts';
import type { GlobalSettings } from './settings/global-settings.ts';

/** What a command works with. */
export interface CommandContext {
  /** Where the queue is. */
  readonly where: GlobalSettings;
  readonly operands: readonly string[];
  /** The command's own options, which it reads itself. */
  readonly options: OptionTexts;
  readonly io: Io;
  readonly messages: Messages;
  readonly progress: ProgressLine;
}
