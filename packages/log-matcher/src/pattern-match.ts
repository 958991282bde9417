import type { Found } from './found.ts';
import { LogMatcherError } from './log-matcher-error.ts';
import type { CandidateLine } from './options.ts';

/** A pattern that matched a subject. Reading it costs; what is not read costs nothing. */
export interface PatternMatch {
  /** Index of the pattern in its set. */
  readonly pattern: number;
  /** What was searched, without the final break that `finalBreak` adds. */
  readonly subject: string;
  /**
   * Where a group begins, as a UTF-16 index of {@link subject}; -1 when it did not take part.
   *
   * @param group number or name, default 0: the whole match. Of groups of one name, the first that took part
   * @throws LogMatcherError `ERR_LOG_MATCHER_GROUP` when the pattern has no such group
   */
  start(group?: number | string): number;
  /** Where a group ends; with `finalBreak` up to `subject.length + 1`, the break having been searched too. */
  end(group?: number | string): number;
  /** Text of a group; undefined when it did not take part. */
  text(group?: number | string): string | undefined;
  /** Text by name of the named groups that took part, without a prototype. */
  groups(): Record<string, string>;
}

/** A match on a line of scanned bytes. Offsets are those of the subject: the line after the cut. */
export interface LineMatch extends PatternMatch {
  readonly line: CandidateLine;
}

/** What a match needs to know of its pattern. */
export interface MatchedPattern {
  readonly index: number;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, readonly number[]>;
}

/** A match whose groups are asked for by number or name. */
export abstract class GroupReader implements PatternMatch {
  readonly pattern: number;
  readonly #of: MatchedPattern;

  constructor(of: MatchedPattern) {
    this.pattern = of.index;
    this.#of = of;
  }

  protected get groupCount(): number {
    return this.#of.groupCount;
  }

  abstract readonly subject: string;
  protected abstract startOf(group: number): number;
  protected abstract endOf(group: number): number;
  protected abstract textOf(group: number): string | undefined;

  start(group: number | string = 0): number {
    return this.startOf(this.#numberOf(group));
  }

  end(group: number | string = 0): number {
    return this.endOf(this.#numberOf(group));
  }

  text(group: number | string = 0): string | undefined {
    return this.textOf(this.#numberOf(group));
  }

  groups(): Record<string, string> {
    const groups: Record<string, string> = Object.create(null);
    for (const [name, numbers] of this.#of.groupNames) {
      const text = this.textOf(this.#firstThatTookPart(numbers));
      if (text !== undefined) groups[name] = text;
    }
    return groups;
  }

  #firstThatTookPart(numbers: readonly number[]): number {
    const first = numbers[0] as number;
    return numbers.length === 1 ? first : (numbers.find((number) => this.startOf(number) !== -1) ?? first);
  }

  #numberOf(group: number | string): number {
    if (typeof group === 'string') {
      const numbers = this.#of.groupNames.get(group);
      if (numbers !== undefined) return this.#firstThatTookPart(numbers);
    } else if (Number.isInteger(group) && group >= 0 && group <= this.#of.groupCount) {
      return group;
    }
    const names = [...this.#of.groupNames.keys()];
    const known = `${this.#of.groupCount} groups${names.length === 0 ? '' : `, named ${names.join(', ')}`}`;
    throw new LogMatcherError('ERR_LOG_MATCHER_GROUP', `there is no group ${group}: the pattern has ${known}`, {
      pattern: this.pattern,
      value: group,
    });
  }
}

class FoundMatch extends GroupReader {
  readonly subject: string;
  readonly #found: Found;

  constructor(of: MatchedPattern, subject: string, found: Found) {
    super(of);
    this.subject = subject;
    this.#found = found;
  }

  protected startOf(group: number): number {
    return group === 0 ? this.#found.start : (this.#found.offsets()[2 * group] as number);
  }

  protected endOf(group: number): number {
    return group === 0 ? this.#found.end : (this.#found.offsets()[2 * group + 1] as number);
  }

  protected textOf(group: number): string | undefined {
    return this.#found.text(group);
  }
}

class FoundLineMatch extends FoundMatch implements LineMatch {
  readonly line: CandidateLine;

  constructor(of: MatchedPattern, subject: string, found: Found, line: CandidateLine) {
    super(of, subject, found);
    this.line = line;
  }
}

export function patternMatch(of: MatchedPattern, subject: string, found: Found): PatternMatch {
  return new FoundMatch(of, subject, found);
}

export function lineMatch(of: MatchedPattern, subject: string, found: Found, line: CandidateLine): LineMatch {
  return new FoundLineMatch(of, subject, found, line);
}
