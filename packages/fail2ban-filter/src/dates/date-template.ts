import { type PatternMatch, PatternSet } from '@sluice/log-matcher';
import { type DateFields, readFields } from './date-fields.ts';
import type { DateRegex } from './date-regex.ts';

/** What a matched date text says: calendar fields, an instant, or (`none`) that there is no date to read. */
export type DateReading =
  | { readonly kind: 'fields'; readonly fields: DateFields }
  | { readonly kind: 'instant'; readonly timeMs: number }
  | { readonly kind: 'none' };

/** A template's hit in a line; all positions are UTF-16 indices. */
export interface DateHit {
  /** What is cut out of the line. */
  readonly start: number;
  readonly end: number;
  /** Where the whole regex matched. */
  readonly matchStart: number;
  readonly matchEnd: number;
  read(): DateReading;
}

export type DateReader = (match: PatternMatch) => DateReading;

/** Reads the tokens' groups. */
export const readTokens: DateReader = (match) =>
  match.end(1) === match.start(1) ? { kind: 'none' } : { kind: 'fields', fields: readFields(match.groups()) };

export interface DateTemplateOptions {
  /** How much a hit counts where templates compete for the first places. Default 1. */
  readonly weight?: number;
  /** Default {@link readTokens}. */
  readonly read?: DateReader;
}

/** One way to write a date. Detectors share templates: these keep no state but their compiled regex. */
export class DateTemplate {
  /** Unique in a detector: a template of a name that is already there is left out. */
  readonly name: string;
  readonly regex: string;
  readonly anchored: boolean;
  readonly weight: number;
  readonly #read: DateReader;
  #compiled: PatternSet | undefined;

  constructor(name: string, { regex, anchored }: DateRegex, options: DateTemplateOptions = {}) {
    this.name = name;
    this.regex = regex;
    this.anchored = anchored;
    this.weight = options.weight ?? 1;
    this.#read = options.read ?? readTokens;
  }

  /** Compiles the regex, unless a match has done so. Throws a LogMatcherError when it cannot be. */
  compile(): PatternSet {
    this.#compiled ??= PatternSet.compile([this.regex], { prefilter: false });
    return this.#compiled;
  }

  /** The leftmost hit in `text`. */
  match(text: string): DateHit | undefined {
    const match = this.compile().match(text);
    if (match === undefined) return undefined;
    return {
      start: match.start(1),
      end: match.end(1),
      matchStart: match.start(),
      matchEnd: match.end(),
      read: () => this.#read(match),
    };
  }
}
