import { Attributes } from './netlink/attributes.ts';
import { malformed } from './netlink/malformed.ts';
import { messageType } from './netlink/message-type.ts';
import type { NetlinkMessage } from './netlink/read-messages.ts';
import { elementsAttribute } from './nftables/element-format.ts';
import { familyName } from './nftables/family-name.ts';
import { readChain } from './nftables/read-chain.ts';
import { readCounter } from './nftables/read-counter.ts';
import { readGeneration } from './nftables/read-generation.ts';
import { readRule } from './nftables/read-rule.ts';
import { readSet } from './nftables/read-set.ts';
import { readTable } from './nftables/read-table.ts';
import { setAttribute, setKindFlag } from './nftables/set-format.ts';
import type { RulesetObject } from './ruleset-object.ts';

const headBytes = 4;

/**
 * Reads what the kernel tells of its ruleset (`linux/netfilter/nf_tables.h`).
 *
 * @returns undefined for what is not of that: other messages, flow tables, objects that are no counters
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED`
 */
export function decodeObject({ type, payload }: NetlinkMessage): RulesetObject | undefined {
  const read = readers.get(type);
  if (read === undefined) return undefined;
  if (payload.length < headBytes) throw malformed(`a message of nf_tables has ${payload.length} bytes and no family`);
  return read(payload[0] as number, new Attributes(payload.subarray(headBytes)));
}

type Reader = (family: number, attributes: Attributes) => RulesetObject | undefined;

const readers: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [messageType.newTable, tableReader(false)],
  [messageType.deleteTable, tableReader(true)],
  [messageType.newChain, chainReader(false)],
  [messageType.deleteChain, chainReader(true)],
  [messageType.newRule, ruleReader(false)],
  [messageType.deleteRule, ruleReader(true)],
  [messageType.newSet, setReader(false)],
  [messageType.deleteSet, setReader(true)],
  [messageType.newElements, elementsReader(false)],
  [messageType.deleteElements, elementsReader(true)],
  [messageType.newObject, counterReader(false)],
  [messageType.deleteObject, counterReader(true)],
  [messageType.newGeneration, (_, attributes) => readGeneration(attributes)],
]);

function tableReader(isDeleted: boolean): Reader {
  return (family, attributes) => ({ isDeleted, kind: 'table', table: readTable(familyName(family), attributes) });
}

function chainReader(isDeleted: boolean): Reader {
  return (family, attributes) => ({ isDeleted, kind: 'chain', chain: readChain(familyName(family), attributes) });
}

function ruleReader(isDeleted: boolean): Reader {
  return (family, attributes) => ({ isDeleted, kind: 'rule', rule: readRule(familyName(family), attributes) });
}

function setReader(isDeleted: boolean): Reader {
  return (family, attributes) => {
    const flags = attributes.uint32(setAttribute.flags) ?? 0;
    return {
      isDeleted,
      kind: 'set',
      set: readSet(familyName(family), attributes),
      isMap: (flags & (setKindFlag.map | setKindFlag.object)) !== 0,
      isAnonymous: (flags & setKindFlag.anonymous) !== 0,
    };
  };
}

function elementsReader(isDeleted: boolean): Reader {
  return (family, attributes) => ({
    isDeleted,
    kind: 'elements',
    set: {
      family: familyName(family),
      table: attributes.requiredText(elementsAttribute.table),
      set: attributes.requiredText(elementsAttribute.set),
    },
    list: attributes.data(elementsAttribute.list) ?? new Uint8Array(0),
  });
}

function counterReader(isDeleted: boolean): Reader {
  return (family, attributes) => {
    const counter = readCounter(familyName(family), attributes);
    return counter === undefined ? undefined : { isDeleted, kind: 'counter', counter };
  };
}
