import type { BatchPlace } from '../messages/encode-batch.ts';
import type { Ack } from '../messages/netlink/decode-ack.ts';
import { NodeNetfilterError, type NodeNetfilterErrorCode } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import { errno, errnoName } from '../socket/errno.ts';
import { describeCommand, describeTable, tableOf } from './describe-command.ts';

/** Linux's own ENOTSUPP, which no C library knows. */
const ENOTSUPP = 524;

/** A refused command. */
export interface Refused {
  readonly command: Command;
  readonly element?: number | undefined;
  /** What of it the kernel points at, where it does. */
  readonly part?: BatchPlace['part'] | undefined;
}

/** Makes an error of the kernel's answer to a command. EPERM and an ENOENT that points at nothing say too little for that. */
export function refusal({ command, element, part }: Refused, { errno: number, text }: Ack): NodeNetfilterError {
  const what = describeCommand(command, element);
  const name = errnoName(number);
  const words = text === undefined ? name : `${name}: ${text}`;
  const fail = (code: NodeNetfilterErrorCode, fault: string, cure?: string): NodeNetfilterError =>
    new NodeNetfilterError(code, fault, { errno: number, cure });

  switch (number) {
    case errno.ENOENT:
      if (part === 'table') return noTable(command, number);
      if (part === 'set') return fail('NO_SET', `${describeCommand(command)} is not there (${words})`, 'make it');
      if (part === 'element' && command.kind === 'delete-elements')
        return fail('NO_ELEMENT', `${what} is not there (${words})`, `delete with ifAbsent 'ignore' if it need not be`);
      if (part === 'statement')
        return fail('NOT_FOUND', `${what}: a set, counter or chain that it names is not there (${words})`);
      if (part === 'chain') return fail('NOT_FOUND', `${chainOf(command) ?? what} is not there (${words})`, 'make it');
      return fail('NOT_FOUND', `${what}: it, or something that it names, is not there (${words})`);
    case errno.EEXIST:
      return fail('EXISTS', `${what} is there already${isSoFar(command)} (${words})`);
    case errno.ENFILE:
      return fail('FULL', `${what}: the set is full (${words})`, 'make the set anew with a larger maxElements');
    case errno.ERANGE:
      return fail('NAME', `${what}: a name is too long (${words})`);
    case errno.EOPNOTSUPP:
    case errno.EINVAL:
    case ENOTSUPP:
      return fail('UNSUPPORTED', `${what}: this kernel does not take it, at least not beside what is there (${words})`);
    case errno.EBUSY:
      return fail('REFUSED', `${what} is in use, or cannot change so (${words})`, 'delete first what uses it');
    default:
      return fail('REFUSED', `${what} is refused (${words})`);
  }
}

/** To add what is there is no error in itself. */
function isSoFar(command: Command): string {
  if (command.kind !== 'add-elements') return ', and is another';
  return command.set.flags?.includes('interval') === true ? ', or one that overlaps with it' : '';
}

const chainOf = (command: Command): string | undefined =>
  command.kind === 'add-rule' ? `chain ${command.rule.chain} of ${describeTable(command.rule)}` : undefined;

/** The error for a command whose table is not there. */
export const noTable = (command: Command, number: number = errno.ENOENT): NodeNetfilterError =>
  new NodeNetfilterError('NO_TABLE', `${describeTable(tableOf(command))} is not there (${errnoName(number)})`, {
    cure: 'make it',
    errno: number,
  });
