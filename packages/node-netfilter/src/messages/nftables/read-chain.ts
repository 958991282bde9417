import type { Chain, ChainBase } from '../../ruleset/chain.ts';
import type { Family } from '../../ruleset/family.ts';
import { AttributeCursor } from '../netlink/attribute-cursor.ts';
import type { Attributes } from '../netlink/attributes.ts';
import { chainAttribute, hookAttribute, hooksOf, policies } from './chain-format.ts';

const utf8 = new TextDecoder();

function devicesOf(hook: Attributes): string[] {
  const list = hook.data(hookAttribute.devices);
  const single = hook.text(hookAttribute.device);
  if (list === undefined) return single === undefined ? [] : [single];
  const devices: string[] = [];
  const cursor = new AttributeCursor(list);
  while (cursor.next()) {
    if (cursor.type === hookAttribute.deviceName) devices.push(utf8.decode(cursor.data).replace(/\0.*$/s, ''));
  }
  return devices;
}

/** Undefined for a chain that others jump to, and for one at a hook that is not known here. */
function readBase(family: Family, attributes: Attributes): ChainBase | undefined {
  const hook = attributes.nested(chainAttribute.hook);
  if (hook === undefined) return undefined;
  const number = hook.uint32(hookAttribute.number);
  const name = [...hooksOf(family)].find(([, known]) => known === number)?.[0];
  if (name === undefined) return undefined;
  const devices = devicesOf(hook);
  return {
    type: (attributes.text(chainAttribute.type) ?? 'filter') as ChainBase['type'],
    hook: name,
    priority: hook.int32(hookAttribute.priority) ?? 0,
    ...(devices.length > 0 && { devices }),
    policy: attributes.uint32(chainAttribute.policy) === policies.drop ? 'drop' : 'accept',
  };
}

export function readChain(family: Family, attributes: Attributes): Chain {
  const base = readBase(family, attributes);
  const handle = attributes.uint64(chainAttribute.handle);
  return {
    family,
    table: attributes.requiredText(chainAttribute.table),
    chain: attributes.requiredText(chainAttribute.name),
    ...(base !== undefined && { base }),
    ...(handle !== undefined && { handle }),
  };
}
