import type { PatternMatch, PatternSet } from '@sluice/log-matcher';
import { type Groups, type MutableGroups, mergeGroups } from '../ids/merge-groups.ts';

/** A failregex that matched, and was not taken back by an ignoreregex. */
export interface RuleHit {
  /** Index of the failregex. */
  readonly pattern: number;
  /** Named groups of prefregex and failregex. Made when they are first asked for. */
  readonly groups: Groups;
  /** True when the match reaches the end of what was searched. */
  readonly reachesEnd: boolean;
  /** One of {@link groups}, without the others being made. */
  text(name: string): string | undefined;
}

/** Names of a regex's groups. */
export class GroupNames {
  readonly #names: ReadonlyMap<string, unknown>;
  /** Whether some groups give their text to others. */
  readonly isMerged: boolean;

  constructor(set: PatternSet, pattern: number) {
    this.#names = set.patterns[pattern]?.groupNames ?? new Map();
    this.isMerged = [...this.#names.keys()].some((name) => name.startsWith('alt_') || name.startsWith('tuple_'));
  }

  /** Text of a group that need not exist. */
  text(match: PatternMatch, name: string): string | undefined {
    return this.#names.has(name) ? match.text(name) : undefined;
  }

  /** All groups, merged; nobody else's. */
  groups(match: PatternMatch): MutableGroups {
    return this.isMerged ? mergeGroups(match.groups()) : match.groups();
  }
}

/** A match, and the names of its groups. */
export interface NamedMatch {
  readonly match: PatternMatch;
  readonly names: GroupNames;
}

/** A hit by the matches that make it. */
export class RuleMatch implements RuleHit {
  readonly pattern: number;
  readonly #own: NamedMatch;
  readonly #context: NamedMatch | undefined;
  #groups: Groups | undefined;

  /**
   * @param pattern index of the failregex
   * @param context match of the prefregex
   */
  constructor(pattern: number, own: NamedMatch, context: NamedMatch | undefined) {
    this.pattern = pattern;
    this.#own = own;
    this.#context = context;
  }

  get groups(): Groups {
    this.#groups ??= this.#merge();
    return this.#groups;
  }

  get reachesEnd(): boolean {
    const { match } = this.#own;
    return match.end() >= match.subject.length;
  }

  text(name: string): string | undefined {
    const own = this.#own;
    const context = this.#context;
    if (this.#groups !== undefined || own.names.isMerged || context?.names.isMerged === true) return this.groups[name];
    return own.names.text(own.match, name) ?? context?.names.text(context.match, name);
  }

  #merge(): Groups {
    const own = this.#own.names.groups(this.#own.match);
    if (this.#context === undefined) return own;
    const context = this.#context.names.groups(this.#context.match);
    delete context['content'];
    return Object.assign(context, own);
  }
}
