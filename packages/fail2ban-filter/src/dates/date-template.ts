import { type CutPlaces, PatternSet } from '@sluice/log-matcher';
import { type DateFields, readFields } from './date-fields.ts';
import type { DateMatch } from './date-match.ts';
import type { DateRegex } from './date-regex.ts';
import { PlainRegex } from './plain-regex.ts';
import { QuickLook } from './quick-look.ts';

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

export type DateReader = (match: DateMatch) => DateReading;

/** Reads the tokens' groups. */
export const readTokens: DateReader = (match) =>
  match.end(1) === match.start(1) ? { kind: 'none' } : { kind: 'fields', fields: readFields(match.groups()) };

export interface DateTemplateOptions {
  /** How much a hit counts where templates compete for the first places. Default 1. */
  readonly weight?: number;
  /** Default {@link readTokens}. */
  readonly read?: DateReader;
  /** Whether it is one of the defaults, as they are: what they can match is known. Default false. */
  readonly isUsual?: boolean;
}

const surrogate = /[\ud800-\udfff]/;

/** The beginning of a text, of so many characters at least, if that is little of it. */
function headOf(text: string, chars: number): string {
  if (!(chars < text.length)) return text;
  const head = text.slice(0, chars);
  return surrogate.test(head) ? text : head;
}

/** One way to write a date. Detectors share templates: these keep no state but their compiled regex. */
export class DateTemplate {
  /** Unique in a detector: a template of a name that is already there is left out. */
  readonly name: string;
  readonly regex: string;
  readonly anchored: boolean;
  readonly weight: number;
  readonly isUsual: boolean;
  readonly #read: DateReader;
  #compiled: PatternSet | undefined;
  #places: CutPlaces | undefined;
  #reach: number | undefined;
  #quickLook: QuickLook | undefined;
  #plain: PlainRegex | undefined;
  #isAtStart: boolean | undefined;

  constructor(name: string, { regex, anchored }: DateRegex, options: DateTemplateOptions = {}) {
    this.name = name;
    this.regex = regex;
    this.anchored = anchored;
    this.weight = options.weight ?? 1;
    this.isUsual = options.isUsual ?? false;
    this.#read = options.read ?? readTokens;
  }

  /** Compiles the regex, unless a match has done so. Throws a LogMatcherError when it cannot be. */
  compile(): PatternSet {
    this.#compiled ??= PatternSet.compile([this.regex], { prefilter: false });
    return this.#compiled;
  }

  /** Most characters from its first one on that a hit depends on. */
  get reach(): number {
    this.#reach ??= this.compile().patterns[0]?.reach ?? Number.POSITIVE_INFINITY;
    return this.#reach;
  }

  /** Where the date ends that a line begins with, and that all of this template matches; -1 where it is not known. */
  endAtStart(line: string): number {
    if (!this.isUsual) return -1;
    this.#quickLook ??= new QuickLook(this.regex, this.reach);
    return this.#quickLook.endOf(line);
  }

  /** Where what it cuts may be in a line. */
  get cutPlaces(): CutPlaces {
    // What can be told of the usual ones without their being compiled.
    if (this.isUsual) return this.anchored ? 'start' : 'words';
    this.#places ??= this.compile().patterns[0]?.cutPlaces(1) ?? 'any';
    return this.#places;
  }

  /**
   * The leftmost hit in `text`.
   *
   * @param bound a hit that begins behind this is of no interest, and may be missed or taken for one
   */
  match(text: string, bound: number = Number.POSITIVE_INFINITY): DateHit | undefined {
    const match = this.#search(text, bound);
    if (match === undefined) return undefined;
    return {
      start: match.start(1),
      end: match.end(1),
      matchStart: match.start(),
      matchEnd: match.end(),
      read: () => this.#read(match),
    };
  }

  #search(text: string, bound: number): DateMatch | undefined {
    if (this.isUsual) {
      this.#plain ??= new PlainRegex(this.regex);
      const match = this.#plain.match(text);
      if (match !== 'ask the engine') return match;
    }
    this.#isAtStart ??= this.compile().patterns[0]?.beginsAtStart ?? false;
    return this.compile().match(headOf(text, (this.#isAtStart ? 0 : bound) + this.reach));
  }
}
