/** A program to run. No shell is involved unless `argv` names one. */
export interface Command {
  /** Program and arguments. */
  readonly argv: readonly string[];
  /** What it reads as its input; nothing when absent. */
  readonly input?: string;
  /** Longest run. Then it gets SIGTERM, with all that it started, and SIGKILL 0.2 s later. */
  readonly timeoutMs: number;
  /** Most bytes kept of each of its outputs; the rest is read, counted and forgotten. Default 65,536. */
  readonly maxOutputBytes?: number;
  /** Set besides the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a program ended. */
export interface CommandResult {
  /** Exit status; undefined when a signal ended it, or when it was not started because the caller had aborted. */
  readonly exitCode: number | undefined;
  /** The signal that ended it. */
  readonly signal?: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Bytes of both outputs beyond `maxOutputBytes`. Absent is 0. */
  readonly droppedBytes?: number;
  /** True when it was ended for running too long. */
  readonly timedOut: boolean;
  /** True when it was ended, or not started, because the caller aborted. Absent is false. */
  readonly aborted?: boolean;
}

/** What runs programs. Tests record or refuse them; `spawnRunner` runs them. */
export interface CommandRunner {
  /**
   * Runs one program and waits for its end. However it ends is a result and never an error.
   *
   * @param signal ends the program as its timeout does
   * @throws Error with Node's `code` when it cannot be started (`ENOENT`: there is no such program)
   */
  run(command: Command, signal?: AbortSignal): Promise<CommandResult>;
}
