import type { Found } from '../found.ts';
import { GroupReader } from '../pattern-match.ts';
import type { SettledPattern } from './record-match.ts';

/** An end that the search was not asked for, see `unknownSlot`. */
const unknownOffset = -2;

/** What a match is in. */
export interface MatchedSubject {
  readonly text: string;
  /** Searches it for everything that a pattern's match has. */
  searchAgain(pattern: number): Found;
}

/** A match in bytes of ASCII, of which texts are made when they are asked for. */
export class SpanMatch extends GroupReader {
  readonly #offsets: readonly number[];
  readonly #in: MatchedSubject;
  readonly #settled: Uint8Array;
  #found: Found | undefined;

  /** @param offsets of the groups, kept; -1 for one that took no part */
  constructor(of: SettledPattern, offsets: readonly number[], subject: MatchedSubject) {
    super(of);
    this.#settled = of.settled;
    this.#offsets = offsets;
    this.#in = subject;
  }

  get subject(): string {
    return this.#in.text;
  }

  /** Offsets in which a group is right: those of the match found again where the first search did not need it. */
  #offsetsFor(group: number): ArrayLike<number> {
    if (this.#offsets[1] !== unknownOffset || this.#settled[group] === 1) return this.#offsets;
    this.#found ??= this.#in.searchAgain(this.pattern);
    return this.#found.offsets();
  }

  protected startOf(group: number): number {
    return (group === 0 ? this.#offsets : this.#offsetsFor(group))[2 * group] as number;
  }

  protected endOf(group: number): number {
    return this.#offsetsFor(group)[2 * group + 1] as number;
  }

  protected textOf(group: number): string | undefined {
    const offsets = this.#offsetsFor(group);
    const start = offsets[2 * group] as number;
    const end = offsets[2 * group + 1] as number;
    if (start === -1) return undefined;
    const { subject } = this;
    // What ends behind the subject ends with the final break.
    return end > subject.length ? `${subject}\n`.slice(start, end) : subject.slice(start, end);
  }
}
