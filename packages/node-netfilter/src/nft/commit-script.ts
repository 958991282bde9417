import { errorOfFaults } from '../netfilter/error-of-faults.ts';
import type { CommitOptions } from '../netfilter/netfilter.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import { type CommitFault, commitFaults } from './commit-faults.ts';
import type { NftSetup } from './nft-setup.ts';
import { runNft } from './run-nft.ts';
import { absentKey, Script } from './script.ts';
import { wholeFault } from './whole-fault.ts';

/** Each round finds all elements that are absent; others may delete some meanwhile. */
const maxRounds = 8;

/** Codes for which what was to be added in order to be deleted is not there: no room for it, or it overlaps others. */
const absentCodes: readonly string[] = ['ERR_NODE_NETFILTER_FULL', 'ERR_NODE_NETFILTER_EXISTS'];

const isAbsent = ({ isFiller, error }: CommitFault): boolean => isFiller && absentCodes.includes(error.code);

/**
 * Commits commands by `nft -f`, or lets it check them.
 *
 * @throws NodeNetfilterError
 */
export async function commitScript(
  setup: NftSetup,
  commands: readonly Command[],
  { check = false, everyFault = false, signal }: CommitOptions,
): Promise<void> {
  const absent = new Set<string>();
  for (let round = 1; ; round++) {
    const script = new Script(commands, { everyFault: everyFault || round > 1, absent });
    if (script.text === '') return;
    const args = [...(check ? ['-c'] : []), '-f', '-'];
    const { isDone, stderr } = await runNft(setup, { args, input: script.text, signal });
    if (isDone) return;
    const faults = commitFaults(script, commands, stderr);
    const left = faults.filter((fault) => !isAbsent(fault));
    if (left.length === faults.length || round === maxRounds) throw await judged(setup, left);
    for (const { command, element, isFiller } of faults)
      if (isFiller && element !== undefined) absent.add(absentKey(command, element));
  }
}

/** EPERM that points at a command is said of a table that another socket owns, and of everything without the right. */
async function judged(setup: NftSetup, faults: readonly CommitFault[]): Promise<NodeNetfilterError> {
  if (faults[0]?.error.errno !== 1) return errorOfFaults(faults.map(plain));
  const { isDone, stderr } = await runNft(setup, { args: ['-t', 'list', 'tables'] });
  if (!isDone) return wholeFault(stderr);
  const owned = new NodeNetfilterError('OWNED', `${faults[0].error.message}: another process's socket owns the table`, {
    errno: 1,
    cure: 'stop that process, or take another table',
  });
  return errorOfFaults(faults.map((fault) => ({ ...plain(fault), error: owned })));
}

const plain = ({ isFiller: _, ...fault }: CommitFault): Omit<CommitFault, 'isFiller'> => fault;
