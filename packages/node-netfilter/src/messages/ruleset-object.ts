import type { Chain } from '../ruleset/chain.ts';
import type { NamedCounter } from '../ruleset/named-counter.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { NftSet, SetRef } from '../ruleset/set.ts';
import type { Table } from '../ruleset/table.ts';

/** Something that the kernel tells of its ruleset: when asked, or because it changed. */
export type RulesetObject = {
  /** Whether it is gone. */
  readonly isDeleted: boolean;
} & (
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'chain'; readonly chain: Chain }
  | { readonly kind: 'rule'; readonly rule: RuleInfo }
  | {
      readonly kind: 'set';
      readonly set: NftSet;
      /** Whether its elements have values. */
      readonly isMap: boolean;
      /** Whether it belongs to a rule alone. */
      readonly isAnonymous: boolean;
    }
  | {
      readonly kind: 'elements';
      readonly set: Pick<SetRef, 'family' | 'table' | 'set'>;
      /** The elements, which `ElementReader` reads. Shares memory with the message. */
      readonly list: Uint8Array;
    }
  | { readonly kind: 'counter'; readonly counter: Required<NamedCounter> }
  | {
      readonly kind: 'generation';
      readonly generation: number;
      /** Of the process that committed it, or that asked. */
      readonly processId?: number;
      readonly processName?: string;
    }
);
