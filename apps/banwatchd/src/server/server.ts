import type { Fail2banConfig, JailConfig } from '@sluice/fail2ban-config';
import { ComponentError, Serial } from '@sluice/pipeline';
import type { BackendStatus } from '../ban-with/backend-status.ts';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { ControlPlane, DatabaseControl, ReloadOptions } from '../control/control-plane.ts';
import type { Jail } from '../jail/jail.ts';
import type { DaemonLog } from '../log/daemon-log.ts';
import type { Logger } from '../log/fail2ban-log.ts';
import { within } from '../within.ts';
import type { JailSet } from './jail-set.ts';
import {
  isUnknown,
  type JailFault,
  logProblem,
  logProblems,
  type ReadJails,
  readJails,
  withProblems,
} from './read-jails.ts';

/** How long the ignore commands may take to judge bans of before, until new ones wait for them no longer. */
const restoreMs = 5000;

type Restored = (broken: readonly string[] | undefined) => Promise<void>;

export interface ServerOptions {
  readonly version: string;
  readonly configDir: string;
  /** Jails to run whatever their `enabled` says; undefined: the enabled ones. */
  readonly names: readonly string[] | undefined;
  readonly log: DaemonLog;
  readonly database: DatabaseControl;
  /** How those are that all jails ban with. */
  readonly backends: () => readonly BackendStatus[];
  /** Told of each reload, with a promise that ends with it. */
  readonly reloading: (ended: Promise<void>) => void;
  /** Ends the daemon. */
  readonly stop: () => Promise<void>;
}

/** The daemon while it runs: starts, reloads and stops jails as it is asked to, one thing at a time. */
export class Server implements ControlPlane {
  readonly version: string;
  readonly log: DaemonLog;
  readonly database: DatabaseControl;
  readonly #options: ServerOptions;
  readonly #set: JailSet;
  readonly #changes = new Serial();
  readonly #log: Logger;
  readonly #configLog: Logger;
  #config: Fail2banConfig | undefined;

  constructor(options: ServerOptions, set: JailSet) {
    this.version = options.version;
    this.log = options.log;
    this.database = options.database;
    this.#options = options;
    this.#set = set;
    this.#log = options.log.log('fail2ban.server');
    this.#configLog = options.log.log('fail2ban.configreader');
  }

  /** @throws when nothing has begun */
  get config(): Fail2banConfig {
    return this.#config as Fail2banConfig;
  }

  get backends(): readonly BackendStatus[] {
    return this.#options.backends();
  }

  get jails(): ReadonlyMap<string, Jail> {
    return this.#set.running;
  }

  /**
   * Starts what was read.
   *
   * @param restored called when the jails have given out the bans that stood before, with the jails that are configured and
   *   cannot run; with undefined where that takes too long, so that some come later
   * @returns resolves when `restored` has; its error is whoever's who looks
   * @throws BanwatchdError `ERR_BANWATCHD_NO_JAIL` when no jail can run
   */
  begin({ config, wanted }: ReadJails, restored: Restored): Promise<void> {
    const faults: JailFault[] = [];
    const jails = wanted.flatMap((jail) => this.#open(jail, faults));
    this.#config = withProblems(config, faults);
    if (jails.length === 0)
      throw new BanwatchdError('ERR_BANWATCHD_NO_JAIL', `no jail of ${this.#options.configDir} can run`, {
        cure: 'write `enabled = true` into a section of jail.local, or mend what the log names',
      });
    this.#set.start(jails);
    const broken = this.#config.problems.flatMap(({ jail }) => jail ?? []);
    const ready = this.#restored(jails, restored, broken);
    void this.#set.follow();
    return ready;
  }

  reload(options: ReloadOptions = {}): Promise<void> {
    const ended = this.#changes.run(async () => {
      this.#log.info(`Reload ${options.jail === undefined ? 'all jails' : `jail ${options.jail}`}`);
      await this.#reload(options);
      this.#log.info('Reload finished.');
    });
    this.#options.reloading(ended);
    return ended;
  }

  startJail(name: string): Promise<void> {
    return this.#changes.run(async () => {
      const running = this.#set.running.get(name);
      if (running !== undefined) {
        running.idle = false;
        return;
      }
      const { config, wanted } = readJails(this.#options.configDir, [name]);
      if (config.problems.some((problem) => isUnknown(problem, name))) throw noJail(name);
      logProblems(this.#configLog, config);
      const [jail] = wanted;
      if (jail === undefined) throw config.problems.find((problem) => problem.jail === name)?.error ?? noJail(name);
      this.#set.start([this.#set.open(jail)]);
      await this.#set.follow();
    });
  }

  stopJail(name: string): Promise<void> {
    return this.#changes.run(async () => {
      if (!this.#set.running.has(name)) throw noJail(name);
      await this.#set.stop([name]);
    });
  }

  /** Resolves when the change under way is done. */
  settled(): Promise<void> {
    return this.#changes.run(async () => {});
  }

  stop(): Promise<void> {
    return this.#options.stop();
  }

  async #reload({ jail, restart = false, unban = false, ifExists = false }: ReloadOptions): Promise<void> {
    const read = readJails(this.#options.configDir, this.#options.names);
    const { config, isIncomplete } = read;
    logProblems(this.#configLog, config);
    const wanted = read.wanted.filter(({ name }) => jail === undefined || name === jail);
    if (isIncomplete && wanted.length === 0)
      throw new BanwatchdError('ERR_BANWATCHD_CONFIG', `nothing is reloaded: ${config.problems[0]?.error.message}`);
    const concerned = [...this.#set.running.keys()].filter((name) => jail === undefined || name === jail);
    const isBroken = (name: string): boolean =>
      isIncomplete || config.problems.some((problem) => problem.jail === name);
    if (jail !== undefined && wanted.length + concerned.length === 0 && !ifExists && !isBroken(jail))
      throw noJail(jail);

    if (jail === undefined) await this.#applySettings(config);
    if (unban) await Promise.all(concerned.map((name) => this.#set.running.get(name)?.unbanAll()));
    const isGone = (name: string): boolean => !wanted.some((other) => other.name === name);
    const kept = concerned.filter((name) => isGone(name) && isBroken(name));
    for (const name of kept) this.#log.error(`Jail '${name}' goes on by its old configuration`);
    await this.#set.stop(concerned.filter((name) => !kept.includes(name) && (restart || isGone(name))));
    const faults: JailFault[] = [];
    const fresh: Jail[] = [];
    for (const next of wanted) {
      const running = this.#set.running.get(next.name);
      if (running === undefined) fresh.push(...this.#open(next, faults));
      else await this.#goOn(running, next, faults);
    }
    this.#set.start(fresh);
    await this.#set.follow();
    this.#config = withProblems(config, faults);
  }

  async #restored(jails: readonly Jail[], restored: Restored, broken: readonly string[]): Promise<void> {
    const waiting = jails.flatMap((jail) => jail.restored ?? []);
    const isWhole = waiting.length === 0 || (await within(Promise.all(waiting), restoreMs));
    if (!isWhole) this.#log.info('Bans of before are still being looked up, and are restored one by one');
    await restored(isWhole ? broken : undefined);
  }

  /** A jail that runs, by what was read now. */
  async #goOn(running: Jail, config: JailConfig, faults: JailFault[]): Promise<void> {
    const { name } = config;
    this.#log.info(`Reload jail '${name}'`);
    try {
      await running.reload(config);
      this.#log.info(`Jail '${name}' reloaded`);
    } catch (error) {
      this.#note(name, error, faults);
      this.#log.error(`Jail '${name}' goes on by its old configuration`);
    }
  }

  /** None where it cannot run. */
  #open(config: JailConfig, faults: JailFault[]): readonly Jail[] {
    try {
      return [this.#set.open(config)];
    } catch (error) {
      this.#note(config.name, error, faults);
      return [];
    }
  }

  /** Also a fault of ours is one jail's: the others go on. */
  #note(jail: string, cause: unknown, faults: JailFault[]): void {
    const error =
      cause instanceof ComponentError ? cause : new BanwatchdError('ERR_BANWATCHD_JAIL', String(cause), { cause });
    faults.push({ error, jail });
    logProblem(this.#configLog, { error, jail });
  }

  async #applySettings({ server }: Fail2banConfig): Promise<void> {
    await this.log.configure(server);
    this.database.maxMatches = server.dbMaxMatches;
    this.database.purgeAgeMs = server.dbPurgeAgeMs;
  }
}

const noJail = (name: string): BanwatchdError =>
  new BanwatchdError('ERR_BANWATCHD_UNKNOWN_JAIL', `there is no jail ${name}`, {
    cure: 'name one that `banwatch status` lists, or that jail.local has',
  });
