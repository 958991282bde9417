import { errorOfFaults } from '../netfilter/error-of-faults.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { AddElements, Command, DeleteElements } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import type { NamedCounter } from '../ruleset/named-counter.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { Table, TableFlag } from '../ruleset/table.ts';
import { chainText } from './chain-text.ts';
import { checkedWord } from './checked.ts';
import { elementText, keyText } from './element-text.ts';
import { type NftStatement, nftStatement } from './nft-statement.ts';
import { ruleText } from './rule-text.ts';
import { setText } from './set-text.ts';

/** `owner` and `persist` need a socket that stays, which nft has not. */
const tableFlags: readonly TableFlag[] = ['dormant'];

function tableText({ flags = [] }: Table): string | undefined {
  if (flags.length === 0) return undefined;
  const owned = flags.find((flag) => flag === 'owner' || flag === 'persist');
  if (owned !== undefined)
    throw new NodeNetfilterError('UNSUPPORTED', `a table with the flag ${owned} cannot be made by nft`, {
      value: owned,
      cure: 'use netlink',
    });
  return `{ flags ${flags.map((flag) => checkedWord('a flag of a table', flag, tableFlags)).join(',')}; }`;
}

function count(what: string, value: bigint = 0n): bigint {
  if (typeof value === 'bigint' && value >= 0n && value < 2n ** 64n) return value;
  throw new NodeNetfilterError('OPTION', `${what} must be a bigint of 64 bits without a sign, not ${value}`, { value });
}

function counterText({ packets, bytes }: NamedCounter): string | undefined {
  if (packets === undefined && bytes === undefined) return undefined;
  return `{ packets ${count('packets', packets)} bytes ${count('bytes', bytes)} }`;
}

/** Each element's text. All bad elements are told at once. */
function texts(elements: readonly SetElement[], text: (element: SetElement) => string): string[] {
  const faults: CommandFault[] = [];
  const done = elements.map((element, n) => {
    try {
      return text(element);
    } catch (error) {
      if (!(error instanceof NodeNetfilterError)) throw error;
      faults.push({ command: 0, element: n, error });
      return '';
    }
  });

  if (faults.length > 0) throw errorOfFaults(faults);
  return done;
}

function additions({ set, elements, ifPresent }: AddElements): NftStatement[] {
  const head = nftStatement(ifPresent === 'refuse' ? 'create' : 'add', 'element', set, set.set);
  if (elements.length === 0) return [];
  return [{ ...head, elements: texts(elements, (element) => elementText(element, set)) }];
}

/** Deleting what is not there is refused, so where that may be it is put there first. */
function deletions({ set, elements, ifAbsent }: DeleteElements): NftStatement[] {
  const head = nftStatement('delete', 'element', set, set.set);
  const keys = texts(elements, ({ key }) => keyText(key, set));
  if (keys.length === 0) return [];
  if (ifAbsent !== 'ignore') return [{ ...head, elements: keys }];
  const first = new Map(keys.map((key, n) => [key, n]));
  const distinct = { elements: [...first.keys()], indices: [...first.values()] };
  return [
    { ...head, ...distinct, verb: 'add', isFiller: true },
    { ...head, ...distinct },
  ];
}

/**
 * What nft is told for a command: every name, key, number and word of it has been looked at.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_NAME`, `…_KEY`, `…_OPTION`, `…_UNSUPPORTED`
 */
export function nftStatements(command: Command): readonly NftStatement[] {
  switch (command.kind) {
    case 'add-table':
      return [nftStatement('add', 'table', command.table, undefined, tableText(command.table))];
    case 'delete-table':
      return [nftStatement('delete', 'table', command.table)];
    case 'add-chain':
      return [nftStatement('add', 'chain', command.chain, command.chain.chain, chainText(command.chain.base))];
    case 'flush-chain':
      return [nftStatement('flush', 'chain', command.chain, command.chain.chain)];
    case 'delete-chain':
      return [nftStatement('delete', 'chain', command.chain, command.chain.chain)];
    case 'add-rule':
      return [nftStatement('add', 'rule', command.rule, command.rule.chain, ruleText(command.rule))];
    case 'add-counter':
      return [nftStatement('add', 'counter', command.counter, command.counter.counter, counterText(command.counter))];
    case 'add-set':
      return [nftStatement('add', 'set', command.set, command.set.set, setText(command.set))];
    case 'flush-set':
      return [nftStatement('flush', 'set', command.set, command.set.set)];
    case 'delete-set':
      return [nftStatement('delete', 'set', command.set, command.set.set)];
    case 'add-elements':
      return additions(command);
    case 'delete-elements':
      return deletions(command);
    default: {
      const { kind } = command as { readonly kind: unknown };
      throw new NodeNetfilterError('OPTION', `there is no command ${JSON.stringify(kind)}`, { value: kind });
    }
  }
}
