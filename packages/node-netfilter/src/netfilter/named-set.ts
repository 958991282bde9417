import type { RulesetObject } from '../messages/ruleset-object.ts';
import type { NftSet } from '../ruleset/set.ts';

/** A set that has a name of its own; no map, and none that belongs to one rule. */
export const namedSet = (object: RulesetObject): NftSet | undefined =>
  object.kind === 'set' && !object.isMap && !object.isAnonymous ? object.set : undefined;
