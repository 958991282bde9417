import { writeSync } from 'node:fs';
import { ComponentError, type Reject, type RejectSink } from '@sluice/pipeline';
import { ActivityCalendarError } from '../activity-calendar-error.ts';
import { printable } from './printable.ts';
import { reasonOf } from './reason-of.ts';

/** Rejects that are told one by one; further ones are counted. */
const maxTold = 10;

/** What the program says besides its output, on standard error. Problems have the program's name before them. */
export class Messages implements RejectSink {
  /** Items that could not be used as they are. */
  rejects = 0;
  /** True once something went wrong that did not end the program. */
  hasProblems = false;
  readonly #fd: number;
  #isQuiet = false;

  constructor(fd: number) {
    this.#fd = fd;
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
    const faults = error instanceof ActivityCalendarError ? error.all : [error];
    for (const line of faults.flatMap(faultLines)) this.raw(`activity-calendar: ${printable(line)}\n`);
  }

  /** An item that could not be used as it is. The first ones are told, all are counted. */
  next({ reason, path, value }: Reject): void {
    this.rejects += 1;
    this.hasProblems = true;
    if (this.rejects > maxTold) return;
    const what = path ?? (typeof value === 'string' ? value.slice(0, 100) : undefined);
    this.raw(`activity-calendar: ${printable(`${what === undefined ? '' : `${what}: `}${reason}`)}\n`);
  }

  /** Says how many rejects were not told. */
  endOfRejects(): void {
    const untold = this.rejects - maxTold;
    if (untold > 0) this.raw(`activity-calendar: and ${untold} more that could not be used as they are\n`);
  }

  /** Text as it is. */
  raw(text: string): void {
    try {
      writeSync(this.#fd, text);
    } catch {
      // Nobody listens, and there is nobody else to tell.
    }
  }
}

function faultLines(error: unknown): string[] {
  if (error instanceof ComponentError) return [error.message];
  const { errno, stack, path } = error as NodeJS.ErrnoException;
  // What is neither a fault of the user's nor of the system's is one of this program.
  if (errno === undefined) return String(stack ?? error).split('\n');
  return [`${path === undefined ? '' : `${path}: `}${reasonOf(error)}`];
}
