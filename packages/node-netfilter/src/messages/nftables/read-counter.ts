import type { Family } from '../../ruleset/family.ts';
import type { NamedCounter } from '../../ruleset/named-counter.ts';
import type { Attributes } from '../netlink/attributes.ts';
import { counterAttribute, counterObject, objectAttribute } from './counter-format.ts';

/** Undefined for an object that is no counter. */
export function readCounter(family: Family, attributes: Attributes): Required<NamedCounter> | undefined {
  if (attributes.uint32(objectAttribute.type) !== counterObject) return undefined;
  const data = attributes.nested(objectAttribute.data);
  return {
    family,
    table: attributes.requiredText(objectAttribute.table),
    counter: attributes.requiredText(objectAttribute.name),
    packets: data?.uint64(counterAttribute.packets) ?? 0n,
    bytes: data?.uint64(counterAttribute.bytes) ?? 0n,
  };
}
