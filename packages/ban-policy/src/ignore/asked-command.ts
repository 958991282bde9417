import type { SchedulerLike } from 'rxjs';
import type { Eventually } from './eventually.ts';
import type { Suspect } from './suspect.ts';

/** fail2ban's `ignorecommand` as a function: true spares. What it throws or rejects with spares nobody and is reported. */
export type IgnoreCommand = (who: Suspect) => boolean | Promise<boolean>;

export interface AskedCommandOptions {
  readonly command: IgnoreCommand;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
  readonly scheduler: SchedulerLike;
  /** Told in one sentence why there is no answer. */
  readonly onFault: (reason: string, error: unknown) => void;
}

/** Asks a command about somebody, for a limited time. No answer is no: fail2ban bans whom its command fails on. */
export class AskedCommand {
  readonly #options: AskedCommandOptions;

  constructor(options: AskedCommandOptions) {
    this.#options = options;
  }

  spares(who: Suspect): Eventually<boolean> {
    try {
      const answer = this.#options.command(who);
      return answer instanceof Promise ? this.#awaited(answer, who) : answer === true;
    } catch (error) {
      return this.#failed(who, error);
    }
  }

  #awaited(answer: Promise<boolean>, who: Suspect): Promise<boolean> {
    const { timeoutMs, scheduler, onFault } = this.#options;
    return new Promise((resolve) => {
      const timer = scheduler.schedule(() => {
        onFault(
          `the ignore command gave no answer about ${who.id} within ${timeoutMs} ms; it is not spared`,
          undefined,
        );
        resolve(false);
      }, timeoutMs);
      void answer
        .then(
          (isSpared) => isSpared === true,
          // What fails after its time was reported then.
          (error: unknown) => !timer.closed && this.#failed(who, error),
        )
        .then((isSpared) => {
          timer.unsubscribe();
          resolve(isSpared);
        });
    });
  }

  #failed(who: Suspect, error: unknown): false {
    this.#options.onFault(`the ignore command failed on ${who.id}, which is not spared: ${error}`, error);
    return false;
  }
}
