import type { QueueEntry, SpoolProblem } from '../queue-entry.ts';
import { bpAge } from './bp-age.ts';
import { bpSize } from './bp-size.ts';

/**
 * A message as `exim -bp` lists it, byte for byte once it is written as UTF-8, with the blank line after it.
 *
 * An entry without `sizeBytes` has a blank size. Of one that was put aside, which `exim -bp` does not list, it is the text
 * that Exim would print if it did.
 *
 * @param nowMs the moment that its age is told for
 */
export function bpText(entry: QueueEntry, nowMs: number): string {
  const { id, problem } = entry;
  if (problem?.kind === 'envelope' || problem?.kind === 'read') return `      ${id}\n${problemLine(problem)}\n\n`;
  const login = entry.isSenderUntrusted ? ` (${entry.login})` : '';
  // A message that is being delivered may be a frozen one, and Exim tells what is in its file.
  const frozen = entry.state === 'frozen' || entry.frozenSinceMs !== undefined ? ' *** frozen ***' : '';
  const size = bpSize(entry.sizeBytes ?? 0);
  // Exim comes to speak of the headers before it says that the message is frozen.
  const headers = problem?.kind === 'headers' ? `\n${problemLine(problem)}` : '';
  let text = `${bpAge(entry.receivedMs, nowMs)} ${size} ${id} <${entry.sender}>${login}${headers}${frozen}\n`;
  for (const { address, isDelivered } of entry.recipients) text += `        ${isDelivered ? 'D' : ' '} ${address}\n`;
  return `${text}\n`;
}

const problemLine = ({ kind, sizeBytes, reason }: SpoolProblem): string =>
  kind === 'read'
    ? `    *** spool read error: ${reason} ***`
    : `    *** spool format error: size=${sizeBytes ?? 0} ***`;
