import type { Chain, ChainRef } from './chain.ts';
import type { NamedCounter } from './named-counter.ts';
import type { Rule } from './rule.ts';
import type { NftSet, SetRef } from './set.ts';
import type { SetElement } from './set-element.ts';
import type { Table, TableRef } from './table.ts';

/**
 * One change to the ruleset. A commit takes a list of them and puts all into effect, or none.
 *
 * 1. `add-…` of what is there already changes nothing and is no error, save that a rule is added once more, and that an
 *    element gets the new timeout.
 * 2. `delete-…` of what is not there is an error, save `delete-elements` with `ifAbsent: 'ignore'`.
 * 3. `add-rule` appends. `flush-…` empties and leaves the thing itself.
 */
export type Command =
  | { readonly kind: 'add-table'; readonly table: Table }
  | { readonly kind: 'delete-table'; readonly table: TableRef }
  | { readonly kind: 'add-chain'; readonly chain: Chain }
  | { readonly kind: 'flush-chain'; readonly chain: ChainRef }
  | { readonly kind: 'delete-chain'; readonly chain: ChainRef }
  | { readonly kind: 'add-rule'; readonly rule: Rule }
  | { readonly kind: 'add-counter'; readonly counter: NamedCounter }
  | { readonly kind: 'add-set'; readonly set: NftSet }
  | { readonly kind: 'flush-set'; readonly set: SetRef }
  | { readonly kind: 'delete-set'; readonly set: SetRef }
  | AddElements
  | DeleteElements;

export interface AddElements {
  readonly kind: 'add-elements';
  readonly set: SetRef;
  readonly elements: readonly SetElement[];
  /** What becomes of an element that is there: it gets the new timeout, or the commit is refused. Default `update`. */
  readonly ifPresent?: 'update' | 'refuse';
}

export interface DeleteElements {
  readonly kind: 'delete-elements';
  readonly set: SetRef;
  /** Only the keys count. */
  readonly elements: readonly SetElement[];
  /** Whether an element that is not there refuses the commit. Default `refuse`. */
  readonly ifAbsent?: 'refuse' | 'ignore';
}
