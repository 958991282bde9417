/** How a child process ended, when it did not end well. */
export class ChildFailure extends Error {
  override readonly name = 'ChildFailure';
  readonly program: string;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended it; null when it exited. */
  readonly exitSignal: string | null;
  /** The end of what it wrote to standard error, as much as was kept. */
  readonly stderr: string;

  constructor(program: string, exitCode: number | null, exitSignal: string | null, stderr: string) {
    const how = exitSignal === null ? `exit code ${exitCode}` : `signal ${exitSignal}`;
    super(`${program} ended with ${how}${stderr === '' ? '' : `: ${stderr.trim()}`}`);
    this.program = program;
    this.exitCode = exitCode;
    this.exitSignal = exitSignal;
    this.stderr = stderr;
  }
}
