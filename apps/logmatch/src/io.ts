/** What the program is connected to. */
export interface Io {
  /** File descriptor that is written to. */
  readonly stdout: number;
  /** File descriptor for messages. */
  readonly stderr: number;
  /** Ends `--follow`. */
  readonly stop: AbortController;
}
