import { refusal } from '../netfilter/refusal.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import { complaintErrno } from './complaint-errno.ts';
import { type NftComplaint, nftComplaints } from './nft-complaints.ts';
import type { Script, ScriptPlace } from './script.ts';
import { wholeFault } from './whole-fault.ts';

/** A fault, and whether it lies in what is added only to be deleted. */
export interface CommitFault extends CommandFault {
  readonly isFiller: boolean;
}

/** What a complaint means that is no error number of the kernel. */
const meanings = [
  [/^syntax error, unexpected .*, expecting string/, 'NAME', 'take another name: this one is a word of nft'],
  [/^syntax error|^unknown |^Could not resolve/, 'UNSUPPORTED', 'use a newer nft, or netlink'],
] as const;

function faultOf(command: Command, place: ScriptPlace, { text }: NftComplaint): NodeNetfilterError {
  const [words = text] = text.split('; did you mean');
  const errno = complaintErrno(words);
  if (errno !== undefined)
    return refusal({ command, element: place.element, part: place.part }, { seq: 0, errno, text: words });
  const [, code = 'REFUSED', cure] = meanings.find(([pattern]) => pattern.test(text)) ?? [];
  return new NodeNetfilterError(code, `nft: ${text}`, { cure, value: text });
}

/**
 * What nft refused of a script and why: sorted, one fault an element.
 *
 * @throws NodeNetfilterError when it was refused as a whole
 */
export function commitFaults(script: Script, commands: readonly Command[], stderr: string): readonly CommitFault[] {
  const faults = new Map<string, CommitFault>();
  for (const complaint of nftComplaints(stderr)) {
    const { line, column } = complaint;
    const place = line === undefined || column === undefined ? undefined : script.placeOf(line, column);
    const command = place && commands[place.command];
    if (place === undefined || command === undefined) throw wholeFault(stderr);
    const { element, isFiller } = place;
    const key = `${place.command} ${element}`;
    if (faults.has(key)) continue;
    const error = faultOf(command, place, complaint);
    faults.set(key, { command: place.command, ...(element !== undefined && { element }), error, isFiller });
  }
  if (faults.size === 0) throw wholeFault(stderr);
  return [...faults.values()].sort((a, b) => a.command - b.command || (a.element ?? -1) - (b.element ?? -1));
}
