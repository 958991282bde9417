/** What an option says of a text. */
export interface Pattern {
  /** It must not be so: the option's value began with `!`. */
  readonly isNot: boolean;
  /** A glob over the whole of the text, or a regular expression anywhere in it. */
  readonly pattern: string | { readonly regex: string };
}
