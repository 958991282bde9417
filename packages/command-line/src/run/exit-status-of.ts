import { exitStatus } from './exit-status.ts';

/**
 * The exit status of a program: what it returns, or `failed` when it throws, which is told. It never rejects.
 *
 * @param messages is told what ended the program
 */
export async function exitStatusOf(
  messages: { fatal(error: unknown): void },
  run: () => Promise<number>,
): Promise<number> {
  try {
    return await run();
  } catch (error) {
    // Whoever read the output has seen enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return exitStatus.done;
    messages.fatal(error);
    return exitStatus.failed;
  }
}
