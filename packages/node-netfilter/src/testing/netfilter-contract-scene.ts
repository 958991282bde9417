import type { NetworkNamespace } from '../../../../tools/testing/network-namespace.ts';
import type { Netfilter } from '../netfilter/netfilter.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import type { NftSet, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { TableRef } from '../ruleset/table.ts';

/** What each test of the contract works with. */
export interface ContractScene {
  readonly namespace: () => NetworkNamespace;
  readonly netfilter: () => Netfilter;
  /** Opens another one, which the test closes. */
  readonly open: (signal?: AbortSignal) => Promise<Netfilter>;
}

export const table: TableRef = { family: 'inet', table: 'contract' };
export const hosts: SetRef = { ...table, set: 'hosts', key: ['ipv4_addr'], flags: ['timeout'] };
export const networks: SetRef = { ...table, set: 'networks', key: ['ipv4_addr'], flags: ['interval'] };
export const flows: SetRef = {
  ...table,
  set: 'flows',
  key: ['ipv6_addr', 'inet_proto', 'inet_service'],
  flags: ['timeout'],
};

export const addTable: Command = { kind: 'add-table', table };
export const addSet = (set: NftSet): Command => ({ kind: 'add-set', set });
export const add = (set: SetRef, ...elements: readonly (string | SetElement)[]): Command => ({
  kind: 'add-elements',
  set,
  elements: elements.map((element) => (typeof element === 'string' ? { key: element } : element)),
});
export const remove = (set: SetRef, ...keys: readonly string[]): Command => ({
  kind: 'delete-elements',
  set,
  elements: keys.map((key) => ({ key })),
});
export const removeIfThere = (set: SetRef, ...keys: readonly string[]): Command => ({
  kind: 'delete-elements',
  set,
  elements: keys.map((key) => ({ key })),
  ifAbsent: 'ignore',
});

/** Address number `n` of 10.0.0.0/8. */
export const host = (n: number): string => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

/** Keys in a set, sorted. */
export const keysOf = async (netfilter: Netfilter, set: SetRef): Promise<string[]> =>
  (await netfilter.elements(set)).map(({ key }) => key).sort();

/** The error that something ends with. */
export async function failure(work: Promise<unknown>): Promise<NodeNetfilterError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof NodeNetfilterError) return error;
  throw new Error(`expected a NodeNetfilterError, not ${String(error)}`);
}

/** Faults in short: `0.17 FULL` for element 17 of the first command. */
export const inShort = (faults: readonly CommandFault[]): string[] =>
  faults.map(({ command, element, error }) => {
    const place = element === undefined ? `${command}` : `${command}.${element}`;
    return `${place} ${error.code.slice('ERR_NODE_NETFILTER_'.length)}`;
  });

/** The ruleset as nft lists it, one space for each run of blanks. */
export const listing = ({ namespace }: ContractScene): string =>
  namespace().run('nft', '-s', '-y', 'list', 'ruleset').replace(/\s+/g, ' ').trim();
