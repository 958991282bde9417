import type { Found } from '../found.ts';
import { GroupReader } from '../pattern-match.ts';
import type { SettledPattern } from './record-match.ts';

/** An end that the search was not asked for, see `unknownSlot`. */
const unknownOffset = -2;

/** A match in bytes of ASCII, of which texts are made when they are asked for. */
export class SpanMatch extends GroupReader {
  readonly #offsets: Int32Array;
  readonly #subjectOf: () => string;
  readonly #searchAgain: (subject: string) => Found;
  readonly #settled: Uint8Array;
  #subject: string | undefined;
  #found: Found | undefined;

  /** @param offsets of the groups, kept; -1 for one that took no part */
  constructor(
    of: SettledPattern,
    offsets: Int32Array,
    subjectOf: () => string,
    searchAgain: (subject: string) => Found,
  ) {
    super(of);
    this.#settled = of.settled;
    this.#offsets = offsets;
    this.#subjectOf = subjectOf;
    this.#searchAgain = searchAgain;
  }

  get subject(): string {
    this.#subject ??= this.#subjectOf();
    return this.#subject;
  }

  /** The match found again, for a group that the first search did not need; undefined when this one has it. */
  #again(group: number): Found | undefined {
    if (this.#offsets[1] !== unknownOffset || this.#settled[group] === 1) return undefined;
    this.#found ??= this.#searchAgain(this.subject);
    return this.#found;
  }

  protected startOf(group: number): number {
    if (group === 0) return this.#offsets[0] as number;
    return (this.#again(group)?.offsets() ?? this.#offsets)[2 * group] as number;
  }

  protected endOf(group: number): number {
    return (this.#again(group)?.offsets() ?? this.#offsets)[2 * group + 1] as number;
  }

  protected textOf(group: number): string | undefined {
    const offsets = this.#again(group)?.offsets() ?? this.#offsets;
    const start = offsets[2 * group] as number;
    return start === -1 ? undefined : this.subject.slice(start, offsets[2 * group + 1]);
  }
}
