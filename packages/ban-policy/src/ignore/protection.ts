import type { BanPolicyError } from '../ban-policy-error.ts';
import type { ResolvedOptions } from '../options.ts';
import type { Reporter } from '../reporter.ts';
import { AskedCommand } from './asked-command.ts';
import { after, type Eventually } from './eventually.ts';
import { filePathOf } from './file-path-of.ts';
import { IgnoreFile } from './ignore-file.ts';
import { IgnoreList } from './ignore-list.ts';
import { OwnAddresses } from './own-addresses.ts';
import type { IgnoreRule, Suspect } from './suspect.ts';
import { VerdictCache } from './verdict-cache.ts';

export type ProtectionOptions = Pick<
  ResolvedOptions,
  'ignore' | 'ignoreSelf' | 'ignoreCommand' | 'ignoreCommandTimeoutMs' | 'ignoreCache' | 'resolver' | 'scheduler'
>;

type Verdict = IgnoreRule | undefined;

/**
 * Who is not to be banned, and by which rule, asked in fail2ban's order: the cache of verdicts, this machine's own addresses,
 * the list of addresses, networks and ids, the list's files and names, the command.
 */
export class Protection {
  readonly #list: IgnoreList;
  readonly #files: readonly IgnoreFile[];
  readonly #own: OwnAddresses | undefined;
  readonly #command: AskedCommand | undefined;
  readonly #cache: VerdictCache | undefined;
  readonly #reporter: Reporter;

  /**
   * @param reporter told what cannot be read or asked
   * @throws BanPolicyError `ERR_BAN_POLICY_IGNORE` for an entry that cannot be used
   */
  constructor(options: ProtectionOptions, reporter: Reporter) {
    const { ignore, ignoreSelf, ignoreCommand, ignoreCommandTimeoutMs, ignoreCache, resolver, scheduler } = options;
    const resolving = resolver && { resolver };
    this.#reporter = reporter;
    this.#list = new IgnoreList(
      ignore.filter((entry) => filePathOf(entry) === undefined),
      resolver,
      (name) => reporter.reject('ERR_BAN_POLICY_NAME', `no address is found of "${name}", which is to be spared`, name),
    );
    this.#files = ignore.flatMap((entry) => {
      const path = filePathOf(entry);
      const onFault = (reason: string): void => reporter.reject('ERR_BAN_POLICY_FILE', `${entry}: ${reason}`, entry);
      return path === undefined ? [] : [new IgnoreFile(path, { ...resolving, onFault })];
    });
    const onFailed = (error: unknown): void =>
      reporter.reject('ERR_BAN_POLICY_OWN', `the addresses of this machine cannot be read: ${error}`, error);
    if (ignoreSelf) this.#own = new OwnAddresses({ ...resolving, onFailed });
    const onFault = (reason: string, error: unknown): void => reporter.reject('ERR_BAN_POLICY_COMMAND', reason, error);
    if (ignoreCommand !== undefined)
      this.#command = new AskedCommand({
        command: ignoreCommand,
        timeoutMs: ignoreCommandTimeoutMs,
        scheduler,
        onFault,
      });
    if (ignoreCache !== undefined) this.#cache = new VerdictCache(ignoreCache);
  }

  /** Entries that have no effect without a resolver. */
  get unresolved(): readonly BanPolicyError[] {
    return this.#list.unresolved;
  }

  /** The rule that protects the address or id; undefined when none does. Never rejects. */
  ruleFor(who: Suspect, nowMs: number): Eventually<Verdict> {
    const cache = this.#cache;
    const key = cache && this.#keyOf(cache, who);
    if (cache === undefined || key === undefined) return this.#uncached(who, nowMs);
    const known = cache.get(key, nowMs);
    if (known !== undefined) return known ? 'cache' : undefined;
    return after(this.#uncached(who, nowMs), (rule) => {
      // fail2ban asks its set of addresses each time: it is as quick as the cache.
      if (rule !== 'ip' || !this.#list.names(who)) cache.set(key, rule !== undefined, nowMs);
      return rule;
    });
  }

  #keyOf(cache: VerdictCache, who: Suspect): string | undefined {
    try {
      return cache.keyOf(who);
    } catch (error) {
      this.#reporter.reject(
        'ERR_BAN_POLICY_COMMAND',
        `the key of the ignore cache failed on ${who.id}: ${error}`,
        error,
      );
      return undefined;
    }
  }

  #uncached(who: Suspect, nowMs: number): Eventually<Verdict> {
    const isOwn = who.address !== undefined && (this.#own?.has(who.address, nowMs) ?? false);
    return after(isOwn, (is) => (is ? 'self' : this.#listed(who, nowMs)));
  }

  #listed(who: Suspect, nowMs: number): Eventually<Verdict> {
    if (this.#files.length === 0) return after(this.#list.ruleFor(who, nowMs), (rule) => rule ?? this.#commanded(who));
    const inFile = (n: number): Eventually<Verdict> => {
      const file = this.#files[n];
      if (file === undefined) return this.#commanded(who);
      return after(file.ruleFor(who, nowMs), (rule) =>
        rule === undefined ? inFile(n + 1) : (`file:${file.path}` as const),
      );
    };
    return after(this.#list.ruleFor(who, nowMs), (rule) => rule ?? inFile(0));
  }

  #commanded(who: Suspect): Eventually<Verdict> {
    if (this.#command === undefined) return undefined;
    return after(this.#command.spares(who), (isSpared) => (isSpared ? 'command' : undefined));
  }
}
