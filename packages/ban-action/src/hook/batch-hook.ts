import type { BanEvent } from '@sluice/pipeline';
import type { BanActionError } from '../ban-action-error.ts';
import type { CommandResult } from '../commands/command-runner.ts';
import { programFault } from '../commands/program-fault.ts';
import { shellQuote } from '../commands/shell-quote.ts';
import { startError } from '../commands/start-error.ts';
import type { EventSender, SendFaults } from '../events/event-sender.ts';
import { rehearsal } from '../events/rehearsal.ts';
import { readAnswer, refusedByHook } from './hook-answer.ts';
import { hookLines } from './hook-lines.ts';
import type { ResolvedHookOptions } from './hook-options.ts';

/** Room for an answer to each event of a large batch. */
const maxOutputBytes = 1 << 24;

/** A program that is run for each batch and judged by its answers, and by its exit code where it gives none. */
export function batchHook(options: ResolvedHookOptions): EventSender {
  const { name, command, includeLines } = options;
  return {
    name,
    start: async () => {},
    stop: async () => {},
    send: (events, signal) => run(options, events, signal),
    commands: (events) => [
      `printf %s ${shellQuote(hookLines(events, 1, includeLines))} | ${command.map(shellQuote).join(' ')}`,
    ],
    rehearse: (write) => rehearsal(batchHook(options), write),
  };
}

async function run(
  { name, command, includeLines, timeoutMs, runner }: ResolvedHookOptions,
  events: readonly BanEvent[],
  signal?: AbortSignal,
): Promise<SendFaults> {
  const all = (error: BanActionError): SendFaults => new Map(events.map((event) => [event, error]));
  const input = hookLines(events, 1, includeLines);
  let result: CommandResult;
  try {
    result = await runner.run({ argv: command, input, timeoutMs, maxOutputBytes }, signal);
  } catch (error) {
    return all(startError(name, command[0] ?? '', error));
  }
  const fault = programFault(name, result, timeoutMs);
  const faults = new Map(fault === undefined ? [] : all(fault));
  for (const line of result.stdout.split('\n')) {
    const answer = readAnswer(line);
    const event = answer && events[answer.seq - 1];
    if (answer === undefined || event === undefined) continue;
    if (answer.ok) faults.delete(event);
    else faults.set(event, refusedByHook(name, answer));
  }
  return faults;
}
