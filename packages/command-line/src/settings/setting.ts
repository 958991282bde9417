/** What a value's text becomes; throws a ValueFault. */
type Read<T> = (text: string) => T;
type ElementOf<T> = NonNullable<T> extends readonly (infer E)[] ? E : NonNullable<T>;

/** One thing that can be set, by an option of the command line and, where it makes sense, by a key of a file. */
export interface Setting<T = unknown> {
  /** What stands for the value in the help: `WHO`. Absent for a switch, which is true when it is there. */
  readonly value?: string;
  readonly short?: string;
  /** Option of the command line where it differs from the setting's own name: one word. */
  readonly option?: string;
  /** May be given several times; a list in a file. */
  readonly isList?: boolean;
  /** A path: in a file it is relative to that file's folder, and `~` is the home folder. */
  readonly isPath?: boolean;
  readonly help: string;
  /** Words that it can be, for completion. */
  readonly choices?: readonly string[];
  /** Default: the text itself. */
  readonly read?: Read<ElementOf<T>>;
}

/** Settings by name in camel case: `maxBytes` is `--max-bytes` and `max-bytes:`. */
export type Settings<T> = { readonly [K in keyof T]-?: Setting<T[K]> };

/** `maxBytes` → `max-bytes`. */
export const keyOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The option as the command line has it: `--max-bytes`. */
export const flagOf = (name: string, { option }: Setting): string => `--${option ?? keyOf(name)}`;
