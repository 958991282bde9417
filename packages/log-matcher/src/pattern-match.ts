import type { Found } from './engine.ts';
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

class FoundMatch implements PatternMatch {
  readonly pattern: number;
  readonly subject: string;
  readonly #of: MatchedPattern;
  readonly #found: Found;

  constructor(of: MatchedPattern, subject: string, found: Found) {
    this.pattern = of.index;
    this.subject = subject;
    this.#of = of;
    this.#found = found;
  }

  start(group: number | string = 0): number {
    const number = this.#numberOf(group);
    return number === 0 ? this.#found.start : (this.#found.offsets()[2 * number] as number);
  }

  end(group: number | string = 0): number {
    const number = this.#numberOf(group);
    return number === 0 ? this.#found.end : (this.#found.offsets()[2 * number + 1] as number);
  }

  text(group: number | string = 0): string | undefined {
    return this.#found.text(this.#numberOf(group));
  }

  groups(): Record<string, string> {
    const groups: Record<string, string> = Object.create(null);
    for (const [name, numbers] of this.#of.groupNames) {
      const text = this.#found.text(this.#firstThatTookPart(numbers));
      if (text !== undefined) groups[name] = text;
    }
    return groups;
  }

  #firstThatTookPart(numbers: readonly number[]): number {
    return numbers.find((number) => this.#found.text(number) !== undefined) ?? (numbers[0] as number);
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
