import type { PatternMatch, PatternSet } from '@sluice/log-matcher';
import { Fail2banFilterError } from '../fail2ban-filter-error.ts';
import type { FilterDefinition, PlacedText } from '../filter-source.ts';
import { type Groups, type MutableGroups, mergeGroups } from '../ids/merge-groups.ts';
import { compileRegexes, type RegexOptions } from './compile-regexes.ts';

/** A failregex that matched, and was not taken back by an ignoreregex. */
export interface RuleHit {
  /** Index of the failregex. */
  readonly pattern: number;
  /** Named groups of prefregex and failregex. */
  readonly groups: Groups;
  /** True when the match reaches the end of what was searched. */
  readonly reachesEnd: boolean;
}

const idGroups = ['fid', 'ip4', 'ip6', 'dns', 'mlfid'];

function namesId(set: PatternSet, index: number): boolean {
  const names = set.patterns[index]?.groupNames;
  return idGroups.some((name) => names?.has(name));
}

function requireId(fail: PatternSet, pref: PatternSet | undefined, regexes: readonly PlacedText[]): void {
  if (pref !== undefined && namesId(pref, 0)) return;
  for (const [index, { text, file, line }] of regexes.entries()) {
    if (namesId(fail, index)) continue;
    throw new Fail2banFilterError(
      'ERR_FAIL2BAN_FILTER_NO_ID',
      `failregex ${JSON.stringify(text)} names nobody whom a failure could be counted for`,
      { file, line, value: text, cure: 'put <HOST>, <ADDR> or <F-ID>…</F-ID> where the offender stands' },
    );
  }
}

/** The regexes of a filter, and fail2ban's order of asking them. */
export class FilterRules {
  readonly fail: PatternSet;
  readonly ignore: PatternSet | undefined;
  readonly pref: PatternSet | undefined;
  /** Few ignoreregexes are asked before the failregexes, on the whole line. */
  readonly ignoreFirst: boolean;

  /** Throws a Fail2banFilterError that names the regex which does not compile or names nobody. */
  constructor(definition: Pick<FilterDefinition, 'failRegex' | 'ignoreRegex' | 'prefRegex'>, options: RegexOptions) {
    const { failRegex, ignoreRegex, prefRegex } = definition;
    this.fail = compileRegexes('failregex', failRegex, options);
    this.ignore = ignoreRegex.length === 0 ? undefined : compileRegexes('ignoreregex', ignoreRegex, options);
    this.pref = prefRegex && compileRegexes('prefregex', [prefRegex], options);
    this.ignoreFirst = ignoreRegex.length < failRegex.length - 2;
    requireId(this.fail, this.pref, failRegex);
  }

  /** The set that a line has to match first: where it does not, the line is no failure. */
  get gate(): PatternSet {
    return this.pref ?? this.fail;
  }

  /**
   * Asks all other regexes about a subject that matched the gate.
   *
   * 1. With a prefregex: few ignoreregexes on the whole subject; then the failregexes on what `<F-CONTENT>` holds, or
   *    on the whole subject when that is empty.
   * 2. All ignoreregexes, on what the failregexes were asked.
   */
  decide(gated: PatternMatch): RuleHit | 'ignored' | undefined {
    const whole = gated.subject;
    if (this.pref === undefined) return this.ignore?.match(whole) ? 'ignored' : this.hit(gated);
    if (this.ignoreFirst && this.ignore?.match(whole)) return 'ignored';
    const context = mergeGroups(gated.groups());
    const match = this.fail.match(context['content'] || whole);
    delete context['content'];
    if (match === undefined) return undefined;
    return this.ignore?.match(match.subject) ? 'ignored' : this.hit(match, context);
  }

  /**
   * Makes a match of {@link fail} a hit.
   *
   * @param context groups of the prefregex; those of the failregex that took part win
   */
  hit(match: PatternMatch, context?: MutableGroups): RuleHit {
    const own = mergeGroups(match.groups());
    return {
      pattern: match.pattern,
      groups: context === undefined ? own : Object.assign(context, own),
      reachesEnd: match.end() >= match.subject.length,
    };
  }
}
