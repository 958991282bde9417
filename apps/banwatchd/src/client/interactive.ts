import { createInterface } from 'node:readline';
import { splitShellWords } from '@sluice/fail2ban-config';
import { runWords } from './run-words.ts';
import type { Session } from './session.ts';

const prompt = 'banwatch> ';

/** `-i`: commands line by line, until `exit`, `quit` or the end of the input. */
export async function interactive(session: Session): Promise<void> {
  const { io } = session;
  io.stdout(
    'banwatch talks to banwatchd, which bans addresses that logs show to misbehave. "help" lists the commands.\n\n',
  );
  io.stdout(prompt);
  for await (const line of createInterface({ input: io.stdin })) {
    const words = wordsOf(session, line);
    if (words[0] === 'exit' || words[0] === 'quit') return;
    if (words.length > 0) await runWords(session, words);
    io.stdout(prompt);
  }
  io.stdout('\n');
}

function wordsOf({ log }: Session, line: string): readonly string[] {
  try {
    return splitShellWords(line);
  } catch {
    log.error('No closing quotation');
    return [];
  }
}
