import { NoAnswer } from './control-client.ts';
import { ask, failed, printAnswer, type Session } from './session.ts';

/** Words of one request: well below what the daemon takes in a line, and in number. */
const maxBytes = 32 * 1024;
const maxWords = 2000;

/** How many words stand in front of a list of addresses that can be of any length; undefined for other commands. */
function listedFrom([verb, , option, flag]: readonly string[]): number | undefined {
  if (verb === 'unban') return 1;
  if (verb !== 'set') return undefined;
  if (option === 'banip') return 3;
  return option === 'unbanip' ? (flag === '--report-absent' ? 4 : 3) : undefined;
}

/** A command with a long list of addresses, as several with a part of the list each; the command itself when it is short. */
export function partsOf(command: readonly string[]): readonly (readonly string[])[] {
  const from = listedFrom(command);
  if (from === undefined) return [command];
  const head = command.slice(0, from);
  const parts: string[][] = [];
  let bytes = maxBytes;
  for (const word of command.slice(from)) {
    bytes += Buffer.byteLength(word) + 3;
    if (bytes > maxBytes || (parts.at(-1)?.length ?? 0) >= maxWords) {
      parts.push([...head]);
      bytes = 0;
    }
    parts.at(-1)?.push(word);
  }
  return parts.length === 0 ? [command] : parts;
}

/** Sends the parts of a command whose answer is a number, and prints their sum. @returns whether all were done */
export async function sendInParts(session: Session, parts: readonly (readonly string[])[]): Promise<boolean> {
  let [sum, isDone] = [0, true];
  try {
    for (const part of parts) {
      const answer = await ask(session, part);
      if (answer.ok) sum += Number(answer.value);
      else isDone = printAnswer(session, part, answer);
    }
    return isDone && printAnswer(session, parts[0] ?? [], { id: null, ok: true, value: sum });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return failed(session, error);
  }
}
