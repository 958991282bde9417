import type { Family } from '../../ruleset/family.ts';
import type { Table } from '../../ruleset/table.ts';
import type { Attributes } from '../netlink/attributes.ts';
import { flagsOf } from './flag-bits.ts';
import { tableAttribute, tableFlags } from './table-format.ts';

export function readTable(family: Family, attributes: Attributes): Table {
  const flags = attributes.uint32(tableAttribute.flags) ?? 0;
  const handle = attributes.uint64(tableAttribute.handle);
  const ownerPortId = attributes.uint32(tableAttribute.owner);
  return {
    family,
    table: attributes.requiredText(tableAttribute.name),
    flags: flagsOf(flags, tableFlags),
    ...(handle !== undefined && { handle }),
    ...(ownerPortId !== undefined && { ownerPortId }),
  };
}
