import type { BanEvent } from '@sluice/pipeline';
import { pause } from '@sluice/pipeline/node';
import { BanActionError } from '../ban-action-error.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import type { EventSender, SendFaults } from '../events/event-sender.ts';
import { rehearsal } from '../events/rehearsal.ts';
import { refusedByHook } from './hook-answer.ts';
import { hookLines } from './hook-lines.ts';
import type { ResolvedHookOptions } from './hook-options.ts';
import { HookProcess } from './hook-process.ts';

const maxPauseMs = 60_000;

/** A program that runs as long as the backend and answers each event. */
export class StreamHook implements EventSender {
  readonly name: string;
  readonly #options: ResolvedHookOptions;
  #process: HookProcess | undefined;
  #pauseMs = 0;
  #nextSeq = 1;

  constructor(options: ResolvedHookOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#process ??= new HookProcess(this.name, this.#options.command);
    await this.#process.started;
  }

  async send(events: readonly BanEvent[], signal?: AbortSignal): Promise<SendFaults> {
    const faults = new Map<BanEvent, BanActionError>();
    const left = await this.#ask(events, faults, signal);
    // It ended before it had answered these. A second end at the same events is theirs.
    const unanswered = left.length > 0 && !signal?.aborted ? await this.#ask(left, faults, signal) : left;
    for (const event of unanswered) faults.set(event, this.#endFault(signal));
    return faults;
  }

  async stop(): Promise<void> {
    await this.#process?.stop(true);
    this.#process = undefined;
  }

  commands(events: readonly BanEvent[]): readonly string[] {
    const { command, includeLines } = this.#options;
    const lines = hookLines(events, this.#nextSeq, includeLines);
    return [`printf %s ${shellQuote(lines)} | ${command.map(shellQuote).join(' ')}`];
  }

  rehearse(write: (command: string) => void): EventSender {
    return rehearsal(new StreamHook(this.#options), write);
  }

  /** Asks about events, and gives those that were not answered because the program ended. */
  async #ask(
    events: readonly BanEvent[],
    faults: Map<BanEvent, BanActionError>,
    signal?: AbortSignal,
  ): Promise<readonly BanEvent[]> {
    const running = await this.#running(signal);
    const first = this.#nextSeq;
    this.#nextSeq += events.length;
    const seqs = new Set(events.map((_, n) => first + n));
    const { includeLines, timeoutMs } = this.#options;
    const { end, answers } = await running.ask(hookLines(events, first, includeLines), seqs, timeoutMs, signal);
    if (answers.size > 0) this.#pauseMs = 0;
    for (const [seq, answer] of answers)
      if (!answer.ok) faults.set(events[seq - first] as BanEvent, refusedByHook(this.name, answer));
    const unanswered = events.filter((_, n) => !answers.has(first + n));
    if (end === 'answered' || end === 'ended') return unanswered;
    // What it has not answered it may still do: with one that is started anew, old answers cannot be taken for new ones.
    await running.stop(false);
    this.#process = undefined;
    const fault =
      end === 'timeout'
        ? new BanActionError('ERR_BAN_ACTION_TIMEOUT', `${this.name} gave no answer for ${timeoutMs} ms (timeoutMs)`, {
            limit: timeoutMs,
          })
        : this.#endFault(signal);
    for (const event of unanswered) faults.set(event, fault);
    return [];
  }

  /** The program, started again when it has ended. */
  async #running(signal?: AbortSignal): Promise<HookProcess> {
    if (this.#process !== undefined && !this.#process.isGone) return this.#process;
    if (this.#process !== undefined) {
      await pause(this.#pauseMs, signal);
      this.#pauseMs = Math.min(maxPauseMs, Math.max(this.#options.restartPauseMs, 2 * this.#pauseMs));
    }
    this.#process = new HookProcess(this.name, this.#options.command);
    return this.#process;
  }

  #endFault(signal?: AbortSignal): BanActionError {
    if (signal?.aborted)
      return new BanActionError('ERR_BAN_ACTION_ABORTED', `${this.name} was ended, the backend is being stopped`);
    const ending = this.#process?.ending ?? 'was ended';
    if (ending instanceof BanActionError) return ending;
    return new BanActionError('ERR_BAN_ACTION_FAILED', `${this.name} ${ending}, before it had answered`);
  }
}
