/** What the program is connected to. */
export interface Io {
  /** File descriptor that is written to. */
  readonly stdout: number;
  /** File descriptor for messages. */
  readonly stderr: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Its abort ends the program cleanly: what was begun is finished, nothing new is begun. */
  readonly stop: AbortController;
}
