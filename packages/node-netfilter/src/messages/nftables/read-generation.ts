import type { Attributes } from '../netlink/attributes.ts';
import type { RulesetObject } from '../ruleset-object.ts';

/** `enum nft_gen_attributes` (`linux/netfilter/nf_tables.h`). */
const attribute = { id: 1, processId: 2, processName: 3 } as const;

export function readGeneration(attributes: Attributes): RulesetObject {
  const processId = attributes.uint32(attribute.processId);
  const processName = attributes.text(attribute.processName);
  return {
    isDeleted: false,
    kind: 'generation',
    generation: attributes.requiredUint32(attribute.id),
    ...(processId !== undefined && { processId }),
    ...(processName !== undefined && { processName }),
  };
}
