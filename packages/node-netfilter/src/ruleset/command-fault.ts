import type { NodeNetfilterError } from '../node-netfilter-error.ts';

/** What was refused of a commit, and why. */
export interface CommandFault {
  /** Index of the command. */
  readonly command: number;
  /** Index of the element in it, where the fault lies in one. */
  readonly element?: number;
  readonly error: NodeNetfilterError;
}
