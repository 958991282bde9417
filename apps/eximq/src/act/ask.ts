import { isTerminal, writeMessage } from '@sluice/command-line';
import { openInput } from '../ids/open-input.ts';
import type { Io } from '../io.ts';

/** Whether there is somebody to ask: both ends of the question are terminals. */
export const canAsk = ({ stdin, stderr }: Io): boolean => isTerminal(stdin) && isTerminal(stderr);

/** Asks on the terminal; whatever is not `y` or `yes` is a no, and so is the end of the program. */
export async function ask(question: string, { stdin, stderr, stop }: Io): Promise<boolean> {
  writeMessage(stderr, `${question} [y/N] `);
  let answer = '';
  try {
    for await (const chunk of openInput(stdin, stop.signal) as AsyncIterable<string>) {
      answer += chunk;
      if (answer.includes('\n') || answer.length > 100) break;
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  // What is told next is not to stand behind the question.
  if (!answer.includes('\n')) writeMessage(stderr, '\n');
  return /^\s*y(?:es)?\s*$/i.test(answer.split('\n', 1)[0] ?? '');
}
