import type { PatternMatch, PatternSet } from '@sluice/log-matcher';
import { Fail2banFilterError } from '../fail2ban-filter-error.ts';
import type { FilterDefinition, PlacedText } from '../filter-source.ts';
import { compileRegexes, type RegexOptions } from './compile-regexes.ts';
import { GroupNames, type RuleHit, RuleMatch } from './rule-hit.ts';

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

/** Searches a subject, or the part of it that `<F-CONTENT>` holds, with the regexes of a filter. */
export interface RuleAsker {
  /** Index that the first failregex has in the matches. Default 0. */
  readonly first?: number;
  /** The match of the prefregex in the whole subject. */
  pref(): PatternMatch | undefined;
  /** The match of the first failregex that matches. */
  fail(content: Content | undefined): PatternMatch | undefined;
  ignores(content: Content | undefined): boolean;
}

/** Part of a subject, in UTF-16 indices. */
export interface Content {
  readonly from: number;
  readonly to: number;
}

/** The regexes of a filter, and fail2ban's order of asking them. */
export class FilterRules {
  readonly fail: PatternSet;
  readonly ignore: PatternSet | undefined;
  readonly pref: PatternSet | undefined;
  /** Few ignoreregexes are asked before the failregexes, on the whole line. */
  readonly ignoreFirst: boolean;
  readonly #failNames: readonly GroupNames[];
  readonly #prefNames: GroupNames | undefined;
  /** The same for rules that find the same. */
  readonly key: string;

  /** Throws a Fail2banFilterError that names the regex which does not compile or names nobody. */
  constructor(definition: Pick<FilterDefinition, 'failRegex' | 'ignoreRegex' | 'prefRegex'>, options: RegexOptions) {
    const { failRegex, ignoreRegex, prefRegex } = definition;
    this.fail = compileRegexes('failregex', failRegex, options);
    // fail2ban lets only failregexes see the beginnings and ends of lines within a window.
    const single = { ...options, multiline: false };
    this.ignore = ignoreRegex.length === 0 ? undefined : compileRegexes('ignoreregex', ignoreRegex, single);
    this.pref = prefRegex && compileRegexes('prefregex', [prefRegex], single);
    this.ignoreFirst = ignoreRegex.length < failRegex.length - 2;
    requireId(this.fail, this.pref, failRegex);
    this.#failNames = this.fail.patterns.map((_, index) => new GroupNames(this.fail, index));
    this.#prefNames = this.pref && new GroupNames(this.pref, 0);
    const sources = [this.fail, this.ignore, this.pref].map((set) => set?.patterns.map(({ source }) => source));
    this.key = JSON.stringify([options.multiline, ...sources]);
  }

  /** Asks all regexes about a subject: see {@link ask}. */
  find(subject: string): RuleHit | 'ignored' | undefined {
    const partOf = (content: Content | undefined): string =>
      content === undefined ? subject : subject.slice(content.from, content.to);
    return this.ask({
      pref: () => this.pref?.match(subject),
      fail: (content) => this.fail.match(partOf(content)),
      ignores: (content) => this.ignore?.match(partOf(content)) !== undefined,
    });
  }

  /**
   * Asks the regexes about a subject.
   *
   * 1. A prefregex has to match. The failregexes are then asked about what `<F-CONTENT>` holds, or about the whole subject
   *    when that is empty; without a prefregex too. The first that matches wins.
   * 2. All ignoreregexes, about what the failregexes were asked; where they are few, with a prefregex, about the whole
   *    subject too.
   *
   * fail2ban asks few ignoreregexes before all others. As a failure needs a failregex and no ignoreregex, the order changes
   * nothing.
   */
  ask(asker: RuleAsker): RuleHit | 'ignored' | undefined {
    const { first = 0 } = asker;
    if (this.pref === undefined) {
      const match = asker.fail(undefined);
      if (match === undefined) return undefined;
      return this.ignore !== undefined && asker.ignores(undefined)
        ? 'ignored'
        : this.hit(match, undefined, match.pattern - first);
    }
    const context = asker.pref();
    if (context === undefined) return undefined;
    const content = this.#contentOf(context);
    const match = asker.fail(content);
    if (match === undefined) return undefined;
    const isIgnored =
      this.ignore !== undefined && ((this.ignoreFirst && asker.ignores(undefined)) || asker.ignores(content));
    return isIgnored ? 'ignored' : this.hit(match, context, match.pattern - first);
  }

  #contentOf(context: PatternMatch): Content | undefined {
    if (this.pref?.patterns[0]?.groupNames.has('content') !== true) return undefined;
    const from = context.start('content');
    const to = context.end('content');
    return from === -1 || from === to ? undefined : { from, to };
  }

  /**
   * Makes a match of a failregex a hit.
   *
   * @param context match of the prefregex, whose groups are the hit's too; those of the failregex that took part win
   * @param pattern index of the failregex
   */
  hit(match: PatternMatch, context?: PatternMatch, pattern: number = match.pattern): RuleHit {
    const own = { match, names: this.#failNames[pattern] as GroupNames };
    const names = this.#prefNames;
    return new RuleMatch(pattern, own, context && names && { match: context, names });
  }
}
