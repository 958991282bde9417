import { isMessageId } from '@sluice/exim-queue/batches';
import type { CommandContext } from '../command-context.ts';
import { openInput } from './open-input.ts';

/** A line that goes on longer than this is no id, and is not kept. */
const maxLineChars = 1000;

/** The id in a line; undefined of an empty line, and of one that is told to be no id. */
function idOf(line: string, { messages }: CommandContext): string | undefined {
  const id = line.trim();
  if (id === '' || isMessageId(id)) return id === '' ? undefined : id;
  messages.next({
    component: 'eximq',
    code: 'ERR_EXIM_QUEUE_ID',
    reason: 'no message id; this line of standard input is left out',
    value: id.slice(0, 100),
  });
  return undefined;
}

/**
 * Ids on standard input, one a line. Other lines are told and left out, and the exit status says so.
 *
 * An abort of the program ends it, also while nothing comes.
 */
export async function* readIds(context: CommandContext): AsyncGenerator<readonly string[], void, undefined> {
  const { io } = context;
  const { signal } = io.stop;
  let rest = '';
  try {
    for await (const chunk of openInput(io.stdin, signal) as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = (lines.pop() ?? '').slice(0, maxLineChars);
      const ids = lines.map((line) => idOf(line, context)).filter((id) => id !== undefined);
      if (ids.length > 0) yield ids;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    return;
  }
  const last = idOf(rest, context);
  if (last !== undefined) yield [last];
}
