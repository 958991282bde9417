import type { OptionTexts } from '@sluice/command-line';
import type { SourceKind } from '../settings/source-kind.ts';

/** What the command line asks for. */
export type Request =
  | {
      readonly command: 'write' | 'serve' | 'push' | 'stats';
      /** Absent when the sources are in a configuration file. */
      readonly kind?: SourceKind;
      readonly locations: readonly string[];
      readonly options: OptionTexts;
    }
  | { readonly command: 'print'; readonly text: string };
