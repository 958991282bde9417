import {
  type BanActionError,
  type BanBackend,
  type Fail2banAction,
  fail2banAction,
  type SurroundingsOptions,
} from '@sluice/ban-action';
import type { KeptBan } from '@sluice/ban-policy';
import type { ActionConfig } from '@sluice/fail2ban-config';
import type { BanEvent } from '@sluice/pipeline';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { ActionSink } from './action-sink.ts';
import { cleanStart } from './clean-start.ts';
import { logFailedCommand } from './command-log.ts';
import type { JailContext } from './jail-context.ts';
import { restoredBan } from './restored-ban.ts';
import { retryStart } from './retry-start.ts';
import { sameValue } from './same-value.ts';

/** How often decisions that go on coming may keep an action from starting. */
const maxWaits = 100;

/** An action that can run. */
interface Prepared {
  readonly config: ActionConfig;
  readonly action: Fail2banAction;
  /** How long its commands may run. */
  readonly limit: { timeoutMs: number };
}

/** One that runs. */
interface Running extends Prepared {
  readonly sink: ActionSink;
}

/**
 * The actions of one jail at work: each takes the decisions in their order and lets no other wait. What all jails share
 * takes them too.
 */
export class JailActions {
  readonly #context: JailContext;
  readonly #surroundings: SurroundingsOptions;
  readonly #running = new Map<string, Running>();
  readonly #failed: ReturnType<typeof logFailedCommand>;

  constructor(context: JailContext, surroundings: SurroundingsOptions) {
    this.#context = context;
    this.#surroundings = surroundings;
    this.#failed = logFailedCommand(context.log('fail2ban.utils'));
  }

  /** Makes those that do not run yet, or run other commands. @throws BanActionError with file, line and cure */
  prepare(configs: readonly ActionConfig[], banTimeMs: number): readonly Prepared[] {
    const { runsActions, writeCommand } = this.#context.sinks;
    if (!runsActions) return [];
    return configs.map((config) => {
      const running = this.#running.get(config.name);
      if (running !== undefined && sameValue(whatRuns(running.config), whatRuns(config))) return { ...running, config };
      const limit = { timeoutMs: config.timeoutMs };
      const options = { banTimeMs, onFailed: this.#failed, timeoutMs: () => limit.timeoutMs };
      const action = fail2banAction(config, { ...this.#surroundings, ...options });
      return { config, limit, action: writeCommand === undefined ? action : action.rehearse(writeCommand) };
    });
  }

  /**
   * Starts the prepared actions, first what is to be banned with them; stops the ones that are not among them.
   *
   * @param told when all that was decided until now has been given to {@link apply}; undefined when it has
   */
  async run(
    prepared: readonly Prepared[],
    standing: Iterable<KeptBan>,
    told: () => Promise<void> | undefined = () => undefined,
  ): Promise<void> {
    const gone = [...this.#running.values()].filter(({ action }) => !prepared.some((one) => one.action === action));
    for (const { config } of gone) this.#running.delete(config.name);
    // One that is replaced has to be out of the way: the two may use the same chain.
    if (gone.length > 0) await Promise.all(gone.map((one) => this.#stopOne(one)));
    // A ban that is on its way would come to a new action twice: as one that stands, and as itself.
    for (let tries = 0, waiting = told(); waiting !== undefined && tries < maxWaits; tries += 1, waiting = told())
      await waiting;
    const kept = new Map(this.#running);
    this.#running.clear();
    for (const one of prepared) {
      const { name, timeoutMs } = one.config;
      const running = kept.get(name);
      one.limit.timeoutMs = timeoutMs;
      this.#running.set(name, running === undefined ? this.#start(one, standing) : { ...running, config: one.config });
    }
  }

  apply(event: BanEvent): void {
    const { shared } = this.#context.sinks;
    shared?.send(event);
    for (const { sink } of this.#running.values()) sink.send(event);
  }

  /** Lets all in by those that can do that at once; the unbans that follow do the rest. */
  async flush(): Promise<void> {
    const flushing = [...this.#running.values()].map(async ({ config, action }) => {
      if (!hasFlush(config)) return;
      this.#logFlush(config);
      await action.flush().catch((error: Error) => this.#log.error(this.#fault('flush bans in', config, error)));
    });
    await Promise.all(flushing);
  }

  /** Tells those that want to know of a reload. */
  async reload(): Promise<void> {
    const reloading = [...this.#running.values()].map(({ config, action }) =>
      action.reload().catch((error: Error) => this.#log.error(this.#fault('reload', config, error))),
    );
    await Promise.all(reloading);
  }

  /** @throws BanwatchdError `ERR_BANWATCHD_UNKNOWN_ACTION` */
  action(name: string): Fail2banAction {
    const running = this.#running.get(name);
    if (running !== undefined) return running.action;
    throw new BanwatchdError('ERR_BANWATCHD_UNKNOWN_ACTION', `jail ${this.#surroundings.jail} has no action ${name}`, {
      cure: `it has ${[...this.#running.keys()].join(', ') || 'none'}`,
    });
  }

  /** Stops all, which lets in whom they banned. Never rejects. */
  async stop(): Promise<void> {
    const all = [...this.#running.values()].reverse();
    this.#running.clear();
    await Promise.all(all.map((one) => this.#stopOne(one)));
  }

  #start(prepared: Prepared, standing: Iterable<KeptBan>): Running {
    const { config, action } = prepared;
    const { jail } = this.#surroundings;
    const failed = (error: BanActionError): void => this.#log.error(this.#fault('start', config, error));
    const { sinks } = this.#context;
    const sink = sinks.action(jail, retryStart(this.#afterKill(config, action), { failed, told: sinks.told }));
    sink.start();
    for (const ban of standing) sink.send(restoredBan(jail, ban));
    return { ...prepared, sink };
  }

  /** What keeps state in the world is told by its check. */
  #afterKill(config: ActionConfig, action: Fail2banAction): BanBackend {
    if (!this.#context.wasKilled || config.commands.actioncheck.trim() === '') return action;
    return cleanStart(action, fail2banAction(config, this.#surroundings));
  }

  async #stopOne({ config, sink }: Running): Promise<void> {
    if (hasFlush(config)) this.#logFlush(config);
    await sink.stop();
  }

  #logFlush({ name }: ActionConfig): void {
    this.#log.notice(`[${this.#surroundings.jail}] Flush ticket(s) with ${name}`);
  }

  #fault(what: string, { name }: ActionConfig, { message }: Error): string {
    return `Failed to ${what} jail '${this.#surroundings.jail}' action '${name}': ${message}`;
  }

  get #log() {
    return this.#context.log('fail2ban.actions');
  }
}

/** What an action does by: its parameters are in its commands already, and its time limit is asked for each time. */
const whatRuns = ({ parameters: _parameters, timeoutMs: _timeoutMs, ...rest }: ActionConfig) => rest;

const hasFlush = ({ commands, commandsV6 }: ActionConfig): boolean =>
  [commands, commandsV6].some(({ actionflush }) => actionflush.trim() !== '');
