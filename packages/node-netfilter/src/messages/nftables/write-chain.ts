import { NodeNetfilterError } from '../../node-netfilter-error.ts';
import type { Chain, ChainBase, ChainRef } from '../../ruleset/chain.ts';
import type { Family } from '../../ruleset/family.ts';
import type { BatchWriter } from '../batch-writer.ts';
import { messageFlag } from '../netlink/message-flag.ts';
import { messageType } from '../netlink/message-type.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';
import { chainAttribute, hookAttribute, hooksOf, policies } from './chain-format.ts';
import { checkDevice, checkName } from './check-name.ts';
import { ruleAttribute } from './rule-format.ts';

const chainTypes = ['filter', 'nat', 'route'] as const;

const bad = (what: string, words: Iterable<string>, value: unknown): NodeNetfilterError =>
  new NodeNetfilterError('OPTION', `${what} must be one of ${[...words].join(', ')}, not ${String(value)}`, { value });

function writeHook(writer: MessageWriter, family: Family, { hook, priority, devices = [] }: ChainBase): void {
  const number = hooksOf(family).get(hook);
  if (number === undefined) throw bad(`the hook of a chain of the family ${family}`, hooksOf(family).keys(), hook);
  if (!Number.isInteger(priority) || priority !== (priority | 0)) {
    throw new NodeNetfilterError('OPTION', `priority must be an integer of 32 bits, not ${priority}`, {
      value: priority,
    });
  }
  const nest = writer.beginNest(chainAttribute.hook);
  writer.uint32(hookAttribute.number, number);
  writer.uint32(hookAttribute.priority, priority);
  const [device] = devices.map(checkDevice);
  if (device !== undefined && devices.length === 1) writer.name(hookAttribute.device, device);
  if (devices.length > 1) {
    const list = writer.beginNest(hookAttribute.devices);
    for (const name of devices) writer.name(hookAttribute.deviceName, name);
    writer.endNest(list);
  }
  writer.endNest(nest);
}

/** Without a policy that of a chain that is there stays as it is; a new one accepts. */
export function writeChain(batch: BatchWriter, { family, table, chain, base }: Chain): void {
  const { writer } = batch;
  const start = batch.begin(messageType.newChain, messageFlag.create, family);
  writer.name(chainAttribute.table, checkName('table', table));
  writer.name(chainAttribute.name, checkName('chain', chain));
  if (base !== undefined) {
    const { policy, type } = base;
    writeHook(writer, family, base);
    if (policy !== undefined) {
      if (!Object.hasOwn(policies, policy)) throw bad('policy', Object.keys(policies), policy);
      writer.uint32(chainAttribute.policy, policies[policy]);
    }
    if (!chainTypes.includes(type)) throw bad('the type of a chain', chainTypes, type);
    writer.name(chainAttribute.type, type);
  }
  batch.end(start);
}

export function writeChainDeletion(batch: BatchWriter, { family, table, chain }: ChainRef): void {
  const start = batch.begin(messageType.deleteChain, 0, family);
  batch.writer.name(chainAttribute.table, checkName('table', table));
  batch.writer.name(chainAttribute.name, checkName('chain', chain));
  batch.end(start);
}

/** Deletes all rules of a chain: a deletion that names none. */
export function writeChainFlush(batch: BatchWriter, { family, table, chain }: ChainRef): void {
  const start = batch.begin(messageType.deleteRule, 0, family);
  batch.writer.name(ruleAttribute.table, checkName('table', table));
  batch.writer.name(ruleAttribute.chain, checkName('chain', chain));
  batch.end(start);
}
