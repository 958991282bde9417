import type { Address, Failure } from '@sluice/pipeline';

/** A failure of a host whose addresses have to be looked up first (`usedns = yes` or `warn`): each of them is a failure. */
export interface NamedFailure extends Omit<Failure, 'id' | 'address'> {
  /** The host name as the line has it: text of an attacker's choice, in the form of a host name. */
  readonly hostName: string;
  /**
   * The failures, one for each address; called once. With none the filter's `rejects` are told; with some, and
   * `usedns = warn`, its `onNotice`.
   */
  resolve(addresses: readonly Address[]): readonly Failure[];
  /** Gives the failure up instead: `rejects` are told. */
  giveUp(reason: string): void;
}
