import type { ActionConfig } from '@sluice/fail2ban-config';
import { type Ban, type BanEvent, Serial } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';
import type { BanBackend, BanOutcome } from '../ban-backend.ts';
import { ActionLife } from './action-life.ts';
import { actionShell, type RunScript } from './action-shell.ts';
import type { Operation } from './action-texts.ts';
import { type Fail2banActionOptions, type ResolvedActionOptions, resolveActionOptions } from './options.ts';
import { showScript } from './show-script.ts';

/** An action of action.d that can also be told what fail2ban's `set JAIL action` tells it. */
export interface Fail2banAction extends BanBackend {
  /** Runs `actionreload` for what is started. */
  reload(signal?: AbortSignal): Promise<void>;
  /**
   * Runs one operation by hand, whatever has been run before; for all families where it is about no ban.
   *
   * @throws BanActionError when the command failed
   */
  perform(operation: Operation, ban?: Ban, signal?: AbortSignal): Promise<void>;
  rehearse(write: (command: string) => void): Fail2banAction;
}

class ShellAction implements Fail2banAction {
  readonly name: string;
  readonly #config: ActionConfig;
  readonly #options: ResolvedActionOptions;
  readonly #life: ActionLife;
  readonly #serial = new Serial();

  constructor(config: ActionConfig, options: ResolvedActionOptions, run: RunScript) {
    this.name = config.name;
    this.#config = config;
    this.#options = options;
    this.#life = new ActionLife(config, options, run);
  }

  start(signal?: AbortSignal): Promise<void> {
    return this.#serial.run(async () => {
      const fault = await this.#life.start(signal);
      if (fault) throw fault;
    });
  }

  apply(events: readonly BanEvent[], signal?: AbortSignal): Promise<readonly BanOutcome[]> {
    return this.#serial.run(async () => {
      const outcomes: BanOutcome[] = [];
      for (const event of events) outcomes.push(await this.#applyOne(event, signal));
      return outcomes;
    });
  }

  reconcile(bans: readonly Ban[], signal?: AbortSignal): Promise<readonly BanOutcome[]> {
    return this.#serial.run(async () => {
      const faults = await this.#life.keepOnly(new Set(bans.map(({ id }) => id)), signal);
      if (bans.length === 0) this.#throwAny('reconcile', faults);
      const outcomes: BanOutcome[] = [];
      for (const ban of bans)
        outcomes.push(
          this.#life.isTold(ban.id)
            ? { event: ban, backend: this.name, ok: true, dryRun: false, durationMs: 0 }
            : await this.#applyOne(ban, signal),
        );
      return outcomes;
    });
  }

  stop(): Promise<void> {
    return this.#serial.run(async () => {
      this.#throwAny('stop', await this.#life.stop());
    });
  }

  flush(signal?: AbortSignal): Promise<void> {
    return this.#serial.run(async () => this.#throwAny('flush', await this.#life.flush(signal)));
  }

  reload(signal?: AbortSignal): Promise<void> {
    return this.#serial.run(async () => this.#throwAny('reload', await this.#life.reload(signal)));
  }

  perform(operation: Operation, ban?: Ban, signal?: AbortSignal): Promise<void> {
    return this.#serial.run(async () => {
      const fault = await this.#life.perform(operation, ban, signal);
      if (fault) throw fault;
    });
  }

  startCommands(): readonly string[] {
    return this.#life.foreseeStart().map(showScript);
  }

  commands(event: BanEvent): readonly string[] {
    return this.#life.foresee(event).map(showScript);
  }

  rehearse(write: (command: string) => void): Fail2banAction {
    return new ShellAction(this.#config, this.#options, async (_operation, script) => {
      write(showScript(script));
      return undefined;
    });
  }

  #throwAny(what: string, [first, ...others]: readonly BanActionError[]): void {
    if (first === undefined) return;
    if (others.length === 0) throw first;
    const fault = `${what} of ${this.name}: ${others.length + 1} commands failed, the first: ${first.message}`;
    throw new BanActionError(first.code, fault, { value: first.value, cause: first });
  }

  async #applyOne(event: BanEvent, signal?: AbortSignal): Promise<BanOutcome> {
    const startedMs = performance.now();
    const fault = signal?.aborted
      ? new BanActionError('ERR_BAN_ACTION_ABORTED', `${this.name} was stopped before this ${event.kind}'s turn`)
      : await this.#life.apply(event, signal);
    const durationMs = performance.now() - startedMs;
    const outcome = { event, backend: this.name, ok: fault === undefined, dryRun: false, durationMs };
    return fault ? { ...outcome, error: fault } : outcome;
  }
}

/**
 * A fail2ban action (action.d) for one jail, run as fail2ban runs it.
 *
 * - Commands are run with `sh -c`, one at a time and in order; those of different jails side by side, save for actions
 *   that write to files, of which there is one command at a time in all jails together.
 * - What comes from a log never is part of a script: a value with characters that a shell could read stands in it as a
 *   variable, and is handed over as an argument. At most 64 KiB of it.
 * - `actionstart` runs at `start()`, or with `startOnDemand` before the first ban of a family; the same text not twice.
 * - A ban that fails: `actioncheck`; if that fails too, `actionrepair`, or `actionstop` and `actionstart`, and the check
 *   again; then the ban once more. An unban the same, without repair unless `repairOnUnban`.
 * - An unban is not run in a family in which nothing has been banned; a restored ban not with `noRestored`.
 * - A banned one that fails again more than 3 s after its ban: `actioncheck` and repair, at most every 3 s; if the
 *   action has been repaired since the ban, the ban again (`actionreban`, else `actionban`); `actionprolong` when the
 *   ban lasts longer now.
 * - A ban that is prolonged: `actionprolong`, not for a restored one that the action was not run for.
 * - `reconcile()` unbans those that it was told to ban and that shall not stand, and bans those that it was not told of: of
 *   what a run before it did it knows nothing.
 * - `stop()` runs `actionflush`, or the unbans where there is none, and `actionstop`.
 *
 * Tags: those of fail2ban. `<ip-host>` is the address when it has no name or `resolver` is not given; `<ipmatches>`,
 * `<ipfailures>` and the `ipjail` ones are this ban's own where there is no `history`.
 *
 * @example
 * const action = fail2banAction(loadActionConfig('iptables-multiport[port=ssh]', { jail: 'sshd' }), { jail: 'sshd' });
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION` for an option out of range, or a tag that has no value here:
 * `<jail.banned>` and the like without `counts`
 */
export function fail2banAction(config: ActionConfig, options: Fail2banActionOptions): Fail2banAction {
  const resolved = resolveActionOptions(options);
  return new ShellAction(config, resolved, actionShell(config, options));
}
