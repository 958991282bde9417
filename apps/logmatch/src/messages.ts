import { reasonOf, writeMessage } from '@sluice/command-line';
import { ComponentError } from '@sluice/pipeline';

/** What the program says besides its output: one line each on standard error, after its name. */
export class Messages {
  /** True once something was said that is an error: the exit status is then 2. */
  hasFailed = false;
  readonly #fd: number;
  #hidesFiles = false;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** From now on says nothing of files that cannot be read. */
  hideFiles(): void {
    this.#hidesFiles = true;
  }

  /** A file that cannot be read, or not to its end. The others go on. */
  file(path: string, reason: string): void {
    this.hasFailed = true;
    if (!this.#hidesFiles) this.note(`${path}: ${reason}`);
  }

  /** What ends the program. */
  fatal(error: unknown): void {
    this.hasFailed = true;
    this.note(faultText(error));
  }

  /** Something to know that is no error. Each line of it is one line of output. */
  note(text: string): void {
    const lines = text.split('\n').map((line) => `logmatch: ${line}\n`);
    this.write(lines.join(''));
  }

  /** Text as it is. */
  write(text: string): void {
    writeMessage(this.#fd, text);
  }
}

function faultText(error: unknown): string {
  if (error instanceof ComponentError) return error.message;
  const { errno, stack } = error as NodeJS.ErrnoException;
  // What is neither a fault of the user's nor of the system's is one of this program.
  return errno === undefined ? String(stack ?? error) : reasonOf(error);
}
