import { keyTypes } from '../../keys/key-types.ts';
import type { Family } from '../../ruleset/family.ts';
import type { NftSet } from '../../ruleset/set.ts';
import { expressionAttribute } from '../expressions/expression-attribute.ts';
import { AttributeCursor } from '../netlink/attribute-cursor.ts';
import { Attributes } from '../netlink/attributes.ts';
import { flagsOf } from './flag-bits.ts';
import { setAttribute, setDescription, setFlags } from './set-format.ts';

const isCounter = (expression: Attributes | undefined): boolean =>
  expression?.text(expressionAttribute.name) === 'counter';

function hasCounters(attributes: Attributes): boolean {
  if (isCounter(attributes.nested(setAttribute.expression))) return true;
  const list = attributes.data(setAttribute.expressions);
  if (list === undefined) return false;
  const cursor = new AttributeCursor(list);
  while (cursor.next()) if (isCounter(new Attributes(cursor.data))) return true;
  return false;
}

export function readSet(family: Family, attributes: Attributes): NftSet {
  const maxElements = attributes.nested(setAttribute.description)?.uint32(setDescription.size);
  const elementCount = attributes.uint32(setAttribute.count);
  const handle = attributes.uint64(setAttribute.handle);
  return {
    family,
    table: attributes.requiredText(setAttribute.table),
    set: attributes.requiredText(setAttribute.name),
    key: keyTypes(attributes.uint32(setAttribute.keyType) ?? 0),
    flags: flagsOf(attributes.uint32(setAttribute.flags) ?? 0, setFlags),
    ...(maxElements !== undefined && { maxElements }),
    ...(hasCounters(attributes) && { counters: true }),
    ...(handle !== undefined && { handle }),
    ...(elementCount !== undefined && { elementCount }),
  };
}
