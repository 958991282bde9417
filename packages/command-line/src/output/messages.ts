import type { Reject, RejectSink } from '@sluice/pipeline';
import { faultLines } from './fault-lines.ts';
import { printable } from './printable.ts';
import { writeMessage } from './write-message.ts';

/** Rejects that are told one by one; further ones are counted. */
const maxTold = 10;

/** What a program says besides its output, on standard error. Problems have the program's name before them. */
export class Messages implements RejectSink {
  /** Items that could not be used as they are. */
  rejects = 0;
  /** True once something went wrong that did not end the program. */
  hasProblems = false;
  readonly #program: string;
  readonly #fd: number;
  readonly #faultsOf: (error: unknown) => readonly unknown[];
  #isQuiet = false;

  /** @param faultsOf the errors that one error stands for, each told on its own; default itself */
  constructor(program: string, fd: number, faultsOf: (error: unknown) => readonly unknown[] = (error) => [error]) {
    this.#program = program;
    this.#fd = fd;
    this.#faultsOf = faultsOf;
  }

  /** From now on says only what went wrong. */
  hideNotes(): void {
    this.#isQuiet = true;
  }

  /** Something to know: what was done. */
  note(text: string): void {
    if (!this.#isQuiet) this.raw(`${printable(text)}\n`);
  }

  /** Something that went wrong, and does not end the program. */
  problem(error: unknown): void {
    this.hasProblems = true;
    this.fatal(error);
  }

  /** What ends the program. */
  fatal(error: unknown): void {
    for (const line of this.#faultsOf(error).flatMap(faultLines)) this.#tell(line);
  }

  /** An item that could not be used as it is. The first ones are told, all are counted. */
  next({ reason, path, value }: Reject): void {
    this.rejects += 1;
    this.hasProblems = true;
    if (this.rejects > maxTold) return;
    const what = path ?? (typeof value === 'string' ? value.slice(0, 100) : undefined);
    this.#tell(`${what === undefined ? '' : `${what}: `}${reason}`);
  }

  /** Says how many rejects were not told. */
  endOfRejects(): void {
    const untold = this.rejects - maxTold;
    if (untold > 0) this.#tell(`and ${untold} more that could not be used as they are`);
  }

  /** Text as it is. */
  raw(text: string): void {
    writeMessage(this.#fd, text);
  }

  #tell(line: string): void {
    this.raw(`${this.#program}: ${printable(line)}\n`);
  }
}
