import type { OptionTexts } from '@sluice/command-line';
import type { CommandName } from './command-name.ts';

/** What the command line asks for. */
export type Request =
  | {
      readonly command: CommandName;
      /** What is no option: ids, and `-`. */
      readonly operands: readonly string[];
      readonly options: OptionTexts;
    }
  | { readonly command: 'print'; readonly text: string };
