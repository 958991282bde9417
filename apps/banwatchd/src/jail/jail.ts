import type { SurroundingsOptions } from '@sluice/ban-action';
import { BanPolicy, decideBans, type KeptBan, type PolicyStatus } from '@sluice/ban-policy';
import type { JailConfig } from '@sluice/fail2ban-config';
import type { Fail2banFilter } from '@sluice/fail2ban-filter';
import { type BanEvent, type Failure, parseAddress } from '@sluice/pipeline';
import { NEVER, type Subscription } from 'rxjs';
import type { ActionOperation, RunningJail } from '../control/running-jail.ts';
import { Serial } from '../serial.ts';
import type { From } from '../watch/log-watch.ts';
import { type BanLogs, logDecision } from './ban-log.ts';
import { FailureFlow } from './failure-flow.ts';
import { JailActions } from './jail-actions.ts';
import type { JailContext } from './jail-context.ts';
import { firstLineHash, LogFiles } from './log-files.ts';
import { openFilter } from './open-filter.ts';
import { banRules, policyOptions } from './policy-options.ts';
import { sameValue } from './same-value.ts';
import { at } from './setting-fault.ts';

/** A jail at work: its filter finds, its policy counts and decides, its actions act. */
export class Jail implements RunningJail {
  readonly name: string;
  readonly #context: JailContext;
  readonly #surroundings: SurroundingsOptions;
  readonly #logs: BanLogs;
  readonly #policy: BanPolicy;
  readonly #actions: JailActions;
  readonly #flow: FailureFlow;
  readonly #changes = new Serial();
  readonly #announced = new Set<string>();
  #config: JailConfig;
  #filter: Fail2banFilter;
  #files: LogFiles;
  #idle = false;
  #decisions: Subscription | undefined;

  /** @throws ComponentError with file, line and cure for the first setting that cannot be used */
  constructor(config: JailConfig, context: JailContext) {
    const { name } = config;
    const { log, resolver, rejects } = context;
    this.name = name;
    this.#config = config;
    this.#context = context;
    this.#logs = {
      filter: log('fail2ban.filter'),
      actions: log('fail2ban.actions'),
      observer: log('fail2ban.observer'),
    };
    this.#surroundings = { jail: name, resolver, counts: () => countsOf(this.status) };
    this.#files = new LogFiles(config, context.root);
    this.#filter = this.#openFilter(config);
    this.#policy = at(ignorePlace(config), () => new BanPolicy(policyOptions(config, context, this.#logs, this.#surroundings)));
    this.#actions = new JailActions(context, this.#surroundings);
    this.#actions.prepare(config.actions, config.banTimeMs);
    this.#flow = new FailureFlow(
      resolver,
      (failure) => this.#policy.handle(failure),
      ({ path, offset, id }, error) => {
        const reason = `[${name}] a failure of ${id} is lost: ${(error as Error).message}`;
        rejects.next({ component: 'banwatchd', code: 'ERR_BANWATCHD_FAILURE', reason, path, offset, value: id });
      },
    );
  }

  get config(): JailConfig {
    return this.#config;
  }

  get filter(): Fail2banFilter {
    return this.#filter;
  }

  get status(): PolicyStatus {
    return this.#policy.status;
  }

  get bans(): Iterable<KeptBan> {
    return this.#policy.bans;
  }

  get files(): readonly string[] {
    return this.#files.present;
  }

  get regexes(): RunningJail['regexes'] {
    return this.#filter.expanded;
  }

  get idle(): boolean {
    return this.#idle;
  }

  set idle(idle: boolean) {
    this.#idle = idle;
    this.#context.routesChanged();
  }

  /** Starts the actions and takes decisions, first the bans that stood before. Follow its files then. */
  start(): void {
    const { actions, banTimeMs } = this.#config;
    void this.#actions.run(this.#actions.prepare(actions, banTimeMs), []);
    this.#decisions = NEVER.pipe(decideBans(this.#policy)).subscribe((event) => this.#decided(event));
    for (const file of this.files) this.reads(file);
  }

  watches(path: string, from: From): boolean {
    return this.#files.has(path, from);
  }

  /** Lines of this file come in. */
  reads(path: string): void {
    if (this.#announced.has(path)) return;
    this.#announced.add(path);
    const pos = this.#context.positionOf(path);
    this.#logs.filter.info(`Added logfile: '${path}' (pos = ${pos}, hash = ${firstLineHash(path)})`);
  }

  /** Takes a failure that the filter found; {@link settled} says when it is decided. */
  found(failure: Failure): void {
    this.#flow.add(failure);
  }

  /** When all that was found is decided; undefined when it is. Never rejects. */
  get settled(): Promise<void> | undefined {
    return this.#flow.settled;
  }

  reconfigure(config: JailConfig): Promise<void> {
    return this.#changes.run(() => this.#goOnAs(withPlaces(config, this.#config)));
  }

  async ban(ids: readonly string[]): Promise<number> {
    let fresh = 0;
    for (const id of ids) if (this.#policy.ban(id)) fresh += 1;
    await this.#policy.settled;
    return fresh;
  }

  async unban(targets: readonly string[]): Promise<readonly string[]> {
    const freed: string[] = [];
    for (const target of targets) freed.push(...(await this.#policy.unbanMeant(target)));
    await this.#policy.settled;
    return freed;
  }

  async unbanAll(): Promise<number> {
    await this.#actions.flush();
    const freed = this.#policy.unbanAll();
    await this.#policy.settled;
    return freed;
  }

  async attempt(id: string, lines: readonly string[]): Promise<void> {
    await this.#policy.attempt(id, lines);
    await this.#policy.settled;
  }

  isBanned(id: string): boolean {
    return this.#policy.isBanned(id) || this.#policy.bannedWithin(id).length > 0;
  }

  async runAction(name: string, operation: ActionOperation, id?: string): Promise<void> {
    const ban = id === undefined ? undefined : this.#banOf(id);
    await this.#actions.action(name).perform(`action${operation}`, ban);
  }

  /**
   * Stops the actions, which lets in whom they banned; bans and counters stay in the store.
   *
   * @param keepShared what all jails share goes on, so the bans of this one are taken out of it
   */
  async stop(keepShared: boolean): Promise<void> {
    await this.settled;
    await this.#policy.settled;
    this.#decisions?.unsubscribe();
    const standing = [...this.bans];
    const shared = keepShared ? this.#context.sinks.shared : undefined;
    const stopped = this.#actions.stop();
    for (const { id, address } of standing) {
      this.#logs.actions.notice(`[${this.name}] Unban ${id}`);
      const timeMs = Date.now();
      shared?.send({ kind: 'unban', jail: this.name, id, ...(address && { address }), timeMs, reason: 'manual' });
    }
    await stopped;
    await this.#policy.close();
  }

  /** Everything that can be refused comes first: what is refused changes nothing. */
  async #goOnAs(config: JailConfig): Promise<void> {
    const old = this.#config;
    if (sameValue(old, config)) {
      this.#config = config;
      return;
    }
    const files = new LogFiles(config, this.#context.root);
    const filter = sameValue(filterSettings(old), filterSettings(config)) ? this.#filter : this.#openFilter(config);
    const actions = this.#actions.prepare(config.actions, config.banTimeMs);
    at(ignorePlace(config), () => this.#policy.reconfigure(banRules(config, this.#logs, this.#surroundings)));
    this.#config = config;
    this.#filter = filter;
    this.#files = files;
    this.#context.routesChanged();
    if (!sameValue(old.logPaths, config.logPaths)) await this.#follow();
    await this.#actions.run(actions, this.bans);
  }

  async #follow(): Promise<void> {
    const present = new Set(this.files);
    for (const file of this.#announced) {
      if (present.has(file)) continue;
      this.#announced.delete(file);
      this.#logs.filter.info(`Removed logfile: '${file}'`);
    }
    await this.#context.filesChanged();
    for (const file of present) this.reads(file);
  }

  #banOf(id: string): Extract<BanEvent, { kind: 'ban' }> {
    const name = parseAddress(id)?.text ?? id;
    for (const { bannedAtMs, ...ban } of this.bans)
      if (ban.id === name) return { kind: 'ban', jail: this.name, ...ban, timeMs: bannedAtMs, restored: false };
    const address = parseAddress(id);
    const [timeMs, { banTimeMs }] = [Date.now(), this.#config];
    const nothing = { failures: 0, count: 0, restored: false, matches: [], groups: {} };
    const who = { jail: this.name, id: name, ...(address && { address }) };
    return { kind: 'ban', ...who, timeMs, banTimeMs, endMs: timeMs + banTimeMs, ...nothing };
  }

  #openFilter(config: JailConfig): Fail2banFilter {
    return openFilter(config, this.#context, (named) => this.#flow.add(named));
  }

  #decided(event: BanEvent): void {
    logDecision(this.#logs, event);
    this.#actions.apply(event);
  }
}

const ignorePlace = (config: JailConfig) => config.placeOf('ignoreip') ?? config.place;

/** What the filter is compiled from. */
const filterSettings = ({ filter, useDns, logTimezone, findTimeMs, maxLines, logEncoding }: JailConfig) => ({
  filter,
  useDns,
  logTimezone,
  findTimeMs,
  maxLines,
  logEncoding,
});

const countsOf = ({ currentlyBanned, totalBanned, currentlyFailed, totalFailed }: PolicyStatus) => ({
  banned: currentlyBanned,
  bannedTotal: totalBanned,
  found: currentlyFailed,
  foundTotal: totalFailed,
});

/** The places of a jail are hidden from whoever copies it: those of the old one then still hold. */
function withPlaces(config: JailConfig, old: JailConfig): JailConfig {
  if (typeof config.placeOf === 'function') return config;
  return Object.defineProperty({ ...config }, 'placeOf', { value: (option: string) => old.placeOf(option) });
}
