import type { BanActionError } from '../ban-action-error.ts';
import type { RunScript } from './action-shell.ts';
import type { ActionTexts, Operation, Part } from './action-texts.ts';
import type { Subject } from './dynamic-tags.ts';
import type { ShellScript } from './fill-in.ts';

/** How a part of an action stands. */
interface State {
  /** Text of the actionstart that made it ready. */
  startText: string;
  /** How many times it has been repaired: a ban of an earlier epoch may be gone. */
  epoch: number;
  isStarted: boolean;
}

/** What of an action is started: start, check, repair and stop. */
export class StartedParts {
  readonly #texts: ActionTexts;
  readonly #run: RunScript;
  readonly #subjectOf: (part: Part) => Subject;
  readonly #states = new Map<Part, State>();

  /** @param subjectOf what the tags stand for in a command that is about no ban */
  constructor(texts: ActionTexts, run: RunScript, subjectOf: (part: Part) => Subject) {
    this.#texts = texts;
    this.#run = run;
    this.#subjectOf = subjectOf;
  }

  isStarted(part: Part): boolean {
    return this.#states.get(part)?.isStarted ?? false;
  }

  epochOf(part: Part): number {
    return this.#states.get(part)?.epoch ?? 0;
  }

  get started(): readonly Part[] {
    return [...this.#states].filter(([, { isStarted }]) => isStarted).map(([part]) => part);
  }

  /** What {@link start} would run for a part. */
  foreseeStart(part: Part): readonly ShellScript[] {
    const script = this.#needsStart(part) ? this.#texts.script('actionstart', this.#subjectOf(part)) : undefined;
    return script ? [script] : [];
  }

  /** Starts a part unless it is started. A text that another part was started with is not run again. */
  async start(part: Part, signal?: AbortSignal): Promise<BanActionError | undefined> {
    if (this.isStarted(part)) return undefined;
    const startText = this.#texts.raw('actionstart', part);
    const fault = this.#needsStart(part) ? await this.#execute('actionstart', part, signal) : undefined;
    if (fault === undefined) this.#states.set(part, { startText, epoch: this.epochOf(part), isStarted: true });
    return fault;
  }

  /**
   * Checks a started part, and repairs what fails the check: with actionrepair, or actionstop and actionstart.
   *
   * @param mayRepair false: a failed check is the result
   */
  async ensureSane(part: Part, mayRepair: boolean, signal?: AbortSignal): Promise<BanActionError | undefined> {
    const fault = await this.#execute('actioncheck', part, signal);
    if (fault === undefined || !mayRepair || signal?.aborted) return fault;
    const state = this.#states.get(part);
    if (state) state.epoch += 1;
    const repair = this.#texts.raw('actionrepair', part) !== '';
    const unrepaired = repair ? await this.#execute('actionrepair', part, signal) : await this.#restart(part, signal);
    if (state && unrepaired) state.isStarted = false;
    return unrepaired ?? this.#execute('actioncheck', part, signal);
  }

  /** Runs an operation once for each different text of the parts; resolves to all that went wrong. */
  async forEach(operation: Operation, parts: readonly Part[], signal?: AbortSignal): Promise<BanActionError[]> {
    const done = new Set<string>();
    const faults: BanActionError[] = [];
    for (const part of parts) {
      const text = this.#texts.raw(operation, part);
      if (done.has(text)) continue;
      done.add(text);
      const fault = await this.#execute(operation, part, signal);
      if (fault) faults.push(fault);
    }
    return faults;
  }

  /** Stops what is started. It counts as stopped even if that fails. */
  async stop(): Promise<BanActionError[]> {
    const parts = this.started;
    for (const state of this.#states.values()) state.isStarted = false;
    return this.forEach('actionstop', parts);
  }

  #needsStart(part: Part): boolean {
    const text = this.#texts.raw('actionstart', part);
    const isDone = this.started.some((other) => this.#states.get(other)?.startText === text);
    return !this.isStarted(part) && !isDone;
  }

  async #restart(part: Part, signal?: AbortSignal): Promise<BanActionError | undefined> {
    // A stop may well fail at what is broken: the check that follows tells.
    await this.#execute('actionstop', part, signal);
    return this.#execute('actionstart', part, signal);
  }

  async #execute(operation: Operation, part: Part, signal?: AbortSignal): Promise<BanActionError | undefined> {
    const script = this.#texts.script(operation, this.#subjectOf(part));
    return script && this.#run(operation, script, signal);
  }
}
