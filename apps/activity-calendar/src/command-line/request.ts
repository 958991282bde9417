import type { SourceKind } from '../settings/source-kind.ts';

/** Texts of the options by name in camel case: a switch is true, a repeated option a list. */
export type OptionTexts = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

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
