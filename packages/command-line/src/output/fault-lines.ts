import { ComponentError } from '@sluice/pipeline';
import { reasonOf } from './reason-of.ts';

/** An error for the one who uses the program: one line, save for what is a fault of the program's own. */
export function faultLines(error: unknown): string[] {
  if (error instanceof ComponentError) return [error.message];
  const { errno, stack, path } = error as NodeJS.ErrnoException;
  // What is neither a fault of the user's nor of the system's is one of this program.
  if (errno === undefined) return String(stack ?? error).split('\n');
  return [`${path === undefined ? '' : `${path}: `}${reasonOf(error)}`];
}
