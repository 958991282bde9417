import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import { CommandPart } from './command-part.ts';
import type { CommitOptions, Netfilter } from './netfilter.ts';
import { remainingParts } from './remaining-parts.ts';

/** Options of `commitAll`. */
export type CommitAllOptions = Pick<CommitOptions, 'check' | 'signal'>;

/**
 * Puts into effect all that can be, and tells what could not.
 *
 * 1. All commands are committed in one transaction. When the kernel takes it, that was all.
 * 2. When it points at what is wrong, everything is looked at on its own, what is wrong is left out, and the rest is
 *    committed. What could not be put into effect because of what was left out is left out in turn.
 * 3. A transaction that does not fit into the send buffer is committed in halves, which are then no longer one.
 * 4. A fault that lies in no command (`PERMISSION`, `CLOSED`, `ABORTED` …) is the fault of every command that is left.
 *
 * Never rejects.
 *
 * @returns the faults, by command and element
 */
export async function commitAll(
  netfilter: Pick<Netfilter, 'commit'>,
  commands: readonly Command[],
  options: CommitAllOptions = {},
): Promise<readonly CommandFault[]> {
  const faults = await commitParts(netfilter, commands.map(CommandPart.whole), options);
  return faults.sort((a, b) => a.command - b.command || (a.element ?? -1) - (b.element ?? -1));
}

async function commitParts(
  netfilter: Pick<Netfilter, 'commit'>,
  parts: readonly CommandPart[],
  options: CommitAllOptions,
): Promise<CommandFault[]> {
  let faults: CommandFault[] = [];
  let left = parts;
  while (left.length > 0) {
    const error = await tried(netfilter, left, options);
    if (error === undefined) return faults;
    if (error.code === tooLarge) return faults.concat(await inHalves(netfilter, left, error, options));
    // Where one message can hold but one fault there is nothing more to be found.
    const isAll = error.faults.length === 0 || left.every(({ size }) => size < 2);
    const every = isAll ? error : await tried(netfilter, left, { ...options, everyFault: true });
    // What was refused a moment ago may be taken now: others change the ruleset too.
    if (every === undefined) return faults;
    // One message an element takes more room.
    if (every.code === tooLarge) return faults.concat(await inHalves(netfilter, left, every, options));
    const next = remainingParts(left, every.faults);
    if (sizeOf(next) === sizeOf(left))
      return faults.concat(left.map((part) => ({ command: part.index, error: every })));
    faults = faults.concat(firstOfEach(every.faults).map((fault) => (left[fault.command] as CommandPart).fault(fault)));
    left = next;
  }
  return faults;
}

const tooLarge = 'ERR_NODE_NETFILTER_TOO_LARGE';

const sizeOf = (parts: readonly CommandPart[]): number => parts.reduce((sum, { size }) => sum + size, 0);

/** An element may be refused in several ways, of which the first one counts. */
function firstOfEach(faults: readonly CommandFault[]): readonly CommandFault[] {
  const known = new Map<number, Set<number | undefined>>();
  return faults.filter(({ command, element }) => {
    const elements = known.get(command) ?? new Set();
    known.set(command, elements);
    return !elements.has(element) && elements.add(element);
  });
}

async function inHalves(
  netfilter: Pick<Netfilter, 'commit'>,
  parts: readonly CommandPart[],
  error: NodeNetfilterError,
  options: CommitAllOptions,
): Promise<CommandFault[]> {
  const [only] = parts;
  const half = parts.length >> 1;
  const halves = parts.length === 1 ? only?.halves() : [parts.slice(0, half), parts.slice(half)];
  let faults: CommandFault[] = [];
  if (halves === undefined) faults = parts.map((part) => ({ command: part.index, error }));
  else for (const some of halves) faults = faults.concat(await commitParts(netfilter, some, options));
  return faults;
}

async function tried(
  netfilter: Pick<Netfilter, 'commit'>,
  parts: readonly CommandPart[],
  options: CommitOptions,
): Promise<NodeNetfilterError | undefined> {
  const commands = parts.map(({ command }) => command);
  try {
    await netfilter.commit(commands, options);
    return undefined;
  } catch (error) {
    return error instanceof NodeNetfilterError
      ? error
      : new NodeNetfilterError('REFUSED', 'the transaction failed', { cause: error });
  }
}
