import type { ChainRef } from './chain.ts';
import type { Statement } from './statement.ts';

/** A rule as it is to be: its statements, from left to right. */
export interface Rule extends ChainRef {
  readonly statements: readonly Statement[];
  readonly comment?: string;
}

/** That a rule is there. */
export interface RuleInfo extends ChainRef {
  readonly handle: bigint;
  readonly comment?: string;
}
