import type { Family } from '../../ruleset/family.ts';
import type { RuleInfo } from '../../ruleset/rule.ts';
import type { Attributes } from '../netlink/attributes.ts';
import { ruleAttribute } from './rule-format.ts';
import { commentOf } from './user-data.ts';

export function readRule(family: Family, attributes: Attributes): RuleInfo {
  const comment = commentOf(attributes.data(ruleAttribute.userData));
  return {
    family,
    table: attributes.requiredText(ruleAttribute.table),
    chain: attributes.requiredText(ruleAttribute.chain),
    handle: attributes.uint64(ruleAttribute.handle) ?? 0n,
    ...(comment !== undefined && { comment }),
  };
}
