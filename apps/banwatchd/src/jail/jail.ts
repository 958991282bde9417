import type { SurroundingsOptions } from '@sluice/ban-action';
import { BanPolicy, decideBans, type KeptBan, type PolicyStatus } from '@sluice/ban-policy';
import type { JailConfig } from '@sluice/fail2ban-config';
import type { Fail2banFilter } from '@sluice/fail2ban-filter';
import { type BanEvent, type Failure, Serial } from '@sluice/pipeline';
import { NEVER, type Subscription } from 'rxjs';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { ActionOperation, RunningJail } from '../control/running-jail.ts';
import type { From } from '../watch/log-watch.ts';
import { within } from '../within.ts';
import { banByHand } from './ban-by-hand.ts';
import { type BanLogs, logDecision } from './ban-log.ts';
import { FailureFlow } from './failure-flow.ts';
import { JailActions } from './jail-actions.ts';
import type { JailContext } from './jail-context.ts';
import { logJail, logJailChanges } from './jail-log.ts';
import { firstLineHash, LogFiles } from './log-files.ts';
import { filterSettings, openFilter } from './open-filter.ts';
import { banRules, type PolicySurroundings, policyOptions } from './policy-options.ts';
import { policyPlace } from './policy-place.ts';
import { sameValue } from './same-value.ts';
import { at } from './setting-fault.ts';
import type { SharedSinks } from './shared-sinks.ts';
import { withPlaces } from './with-places.ts';

/** How long a command or name that is asked for may keep a jail from stopping. */
const graceMs = 5000;
/** The same where it has had that time: enough for what is decided to be written. */
const shortGraceMs = 1000;

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
  readonly #stopped = new AbortController();
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
    this.#policy = at(placeIn(config), () => new BanPolicy(policyOptions(config, context, this.#around)));
    this.#actions = new JailActions(context, { ...this.#surroundings, history: this.#policy.history });
    try {
      this.#actions.prepare(config.actions, config.banTimeMs);
    } catch (error) {
      // Or a jail of this name could not be opened when the action is mended.
      void this.#policy.close().catch(() => {});
      throw error;
    }
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

  /** When all bans that stood before have been given out; undefined when they have. */
  get restored(): Promise<void> | undefined {
    return this.#policy.settled;
  }

  /** Says in the log what it is and reads. */
  announce(): void {
    logJail(this.#context.log, this.#config);
    const { files } = this;
    for (const file of files) this.reads(file);
    if (files.length === 0) this.#sayNoLog();
  }

  /** Starts the actions and takes decisions, first the bans that stood before. Follow its files then. */
  start(): void {
    const { actions, banTimeMs } = this.#config;
    void this.#actions.run(this.#actions.prepare(actions, banTimeMs), []);
    this.#decisions = NEVER.pipe(decideBans(this.#policy)).subscribe((event) => this.#decided(event));
    this.#context.log('fail2ban.jail').info(`Jail '${this.name}' started`);
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

  /** Goes on as it was read anew, and counts again where it was idle. @throws ComponentError as {@link reconfigure} */
  async reload(config: JailConfig): Promise<void> {
    await this.reconfigure(config);
    this.idle = false;
    await this.#actions.reload();
  }

  async ban(ids: readonly string[]): Promise<number> {
    let fresh = 0;
    for (const id of ids) if (this.#policy.ban(id)) fresh += 1;
    await this.#policy.told;
    return fresh;
  }

  async unban(targets: readonly string[]): Promise<readonly string[]> {
    const freed: string[] = [];
    for (const target of targets) freed.push(...(await this.#policy.unbanMeant(target)));
    await this.#policy.told;
    return freed;
  }

  async unbanAll(): Promise<number> {
    await this.#actions.flush();
    const freed = this.#policy.unbanAll();
    await this.#policy.told;
    return freed;
  }

  async attempt(id: string, lines: readonly string[]): Promise<void> {
    await this.#policy.attempt(id, lines);
    await this.#policy.told;
  }

  isBanned(id: string): boolean {
    return this.#policy.isBanned(id) || this.#policy.bannedWithin(id).length > 0;
  }

  async runAction(name: string, operation: ActionOperation, id?: string): Promise<void> {
    const ban = id === undefined ? undefined : banByHand(id, this.name, this.bans, this.#config.banTimeMs);
    await this.#actions.action(name).perform(`action${operation}`, ban);
  }

  /**
   * Stops the actions, which lets in whom they banned; bans and counters stay in the store.
   *
   * @param keepShared what all jails share goes on, so the bans of this one are taken out of it
   * @param waits false: what is under way was waited for in vain, and is not again
   */
  stop(keepShared: boolean, waits: boolean): Promise<void> {
    return this.#changes.run(() => this.#stop(keepShared, waits));
  }

  async #stop(keepShared: boolean, waits: boolean): Promise<void> {
    const isQuiet = waits && (await within(this.#quiet(), graceMs));
    if (!isQuiet) await within(Promise.resolve(this.#policy.told), shortGraceMs);
    this.#stopped.abort();
    this.#decisions?.unsubscribe();
    this.#keepFiles(new Set());
    const { shared, runsActions } = this.#context.sinks;
    const letInto = keepShared ? shared : undefined;
    const standing = [...this.bans];
    const stopped = this.#actions.stop();
    if (runsActions || letInto !== undefined) for (const ban of standing) this.#letIn(ban, letInto);
    await stopped;
    await within(this.#policy.close(), isQuiet ? graceMs : shortGraceMs);
  }

  #letIn({ id, address }: KeptBan, shared: SharedSinks | undefined): void {
    this.#logs.actions.notice(`[${this.name}] Unban ${id}`);
    const who = { jail: this.name, id, ...(address && { address }) };
    shared?.send({ kind: 'unban', ...who, timeMs: Date.now(), reason: 'manual' });
  }

  get #around(): PolicySurroundings {
    return { logs: this.#logs, surroundings: this.#surroundings, stopped: this.#stopped.signal };
  }

  /** Resolves when all that was found is decided and given out. */
  async #quiet(): Promise<void> {
    await this.settled;
    await this.#policy.settled;
  }

  /** Everything that can be refused comes first: what is refused changes nothing. */
  async #goOnAs(config: JailConfig): Promise<void> {
    if (this.#stopped.signal.aborted)
      throw new BanwatchdError('ERR_BANWATCHD_UNKNOWN_JAIL', `jail ${this.name} has been stopped`);
    const old = this.#config;
    if (sameValue(old, config)) {
      this.#config = config;
      return;
    }
    const files = new LogFiles(config, this.#context.root);
    const filter = sameValue(filterSettings(old), filterSettings(config)) ? this.#filter : this.#openFilter(config);
    const actions = this.#actions.prepare(config.actions, config.banTimeMs);
    at(placeIn(config), () => this.#policy.reconfigure(banRules(config, this.#around)));
    this.#config = config;
    this.#filter = filter;
    this.#files = files;
    logJailChanges(this.#context.log, old, config);
    this.#context.routesChanged();
    if (!sameValue(old.logPaths, config.logPaths)) await this.#follow();
    await this.#actions.run(actions, this.bans, () => this.#policy.told);
  }

  /** fail2ban would not start, or would take the journal. */
  #sayNoLog(): void {
    const { skipIfNoLogs, systemdIfNoLogs, journalMatch, logPaths } = this.#config;
    if (skipIfNoLogs) return;
    const waited = logPaths.map(({ glob }) => glob).join(', ');
    const journal = systemdIfNoLogs && journalMatch.length > 0 ? '; the journal is not read yet' : '';
    this.#logs.filter.warning(`[${this.name}] Have not found any log file, waiting for ${waited}${journal}`);
  }

  async #follow(): Promise<void> {
    const present = new Set(this.files);
    this.#keepFiles(present);
    await this.#context.filesChanged();
    for (const file of present) this.reads(file);
  }

  #keepFiles(present: ReadonlySet<string>): void {
    for (const file of this.#announced) {
      if (present.has(file)) continue;
      this.#announced.delete(file);
      this.#logs.filter.info(`Removed logfile: '${file}'`);
    }
  }

  #openFilter(config: JailConfig): Fail2banFilter {
    return openFilter(config, this.#context, (named) => this.#flow.add(named));
  }

  #decided(event: BanEvent): void {
    logDecision(this.#logs, event);
    this.#actions.apply(event);
  }
}

const placeIn = (config: JailConfig) => (fault: Error) => policyPlace(config, fault);

const countsOf = ({ currentlyBanned, totalBanned, currentlyFailed, totalFailed }: PolicyStatus) => ({
  banned: currentlyBanned,
  bannedTotal: totalBanned,
  found: currentlyFailed,
  foundTotal: totalFailed,
});
