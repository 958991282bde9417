import type { Chain } from '../ruleset/chain.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { NftSet, SetRef } from '../ruleset/set.ts';
import type { SetElement } from '../ruleset/set-element.ts';
import type { Table } from '../ruleset/table.ts';

interface Changed {
  /** Port id of the netlink socket that committed it; undefined where it is not known. */
  readonly byPortId?: number;
}

/** One thing that a commit changed. */
export type RulesetChange = Changed &
  (
    | { readonly kind: 'table-added' | 'table-deleted'; readonly table: Table }
    | { readonly kind: 'chain-added' | 'chain-deleted'; readonly chain: Chain }
    | { readonly kind: 'rule-added' | 'rule-deleted'; readonly rule: RuleInfo }
    | { readonly kind: 'set-added' | 'set-deleted'; readonly set: NftSet }
    | {
        readonly kind: 'elements-added' | 'elements-deleted';
        readonly set: Pick<SetRef, 'family' | 'table' | 'set'>;
        readonly elements: readonly SetElement[];
      }
    /** End of a transaction. */
    | {
        readonly kind: 'generation';
        readonly generation: number;
        readonly processId?: number;
        readonly processName?: string;
      }
    /** Changes were lost because too many came at once: read anew what you need to know. */
    | { readonly kind: 'overrun' }
  );
