import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';
import type { CommandFault } from './ruleset/command-fault.ts';

/** What is said of an error besides its message. */
export interface NodeNetfilterErrorDetails extends ComponentErrorDetails {
  /** The kernel's error number, where it gave one. */
  readonly errno?: number | undefined;
  /** What was refused of a commit, where that is known. */
  readonly faults?: readonly CommandFault[] | undefined;
}

/**
 * Every error of this package. Codes:
 * - `ERR_NODE_NETFILTER_OPTION`: an option is out of its range or of the wrong type;
 * - `ERR_NODE_NETFILTER_NAME`: a name is not one that nf_tables takes;
 * - `ERR_NODE_NETFILTER_KEY`: a text is no key of the set: an address, a network, a port;
 * - `ERR_NODE_NETFILTER_UNAVAILABLE`: the kernel has no nf_tables, or the transport cannot be had;
 * - `ERR_NODE_NETFILTER_MISSING`: the program `nft` is not installed;
 * - `ERR_NODE_NETFILTER_PERMISSION`: the process may not change the firewall (EPERM): it lacks or lost CAP_NET_ADMIN;
 * - `ERR_NODE_NETFILTER_OWNED`: the table belongs to another process's socket (EPERM);
 * - `ERR_NODE_NETFILTER_IN_USE`: another process drives the same block list;
 * - `ERR_NODE_NETFILTER_NO_TABLE`: the table is not there (ENOENT);
 * - `ERR_NODE_NETFILTER_NO_SET`: the set is not there (ENOENT);
 * - `ERR_NODE_NETFILTER_NO_ELEMENT`: the element to delete is not there (ENOENT);
 * - `ERR_NODE_NETFILTER_NOT_FOUND`: something else that the command names is not there (ENOENT);
 * - `ERR_NODE_NETFILTER_EXISTS`: what was to be new is there already (EEXIST);
 * - `ERR_NODE_NETFILTER_FULL`: the set has no room for the element (ENFILE);
 * - `ERR_NODE_NETFILTER_STALE`: the ruleset is no longer of the generation that was asked for (ERESTART);
 * - `ERR_NODE_NETFILTER_TOO_LARGE`: a transaction does not fit into the socket's send buffer (EMSGSIZE);
 * - `ERR_NODE_NETFILTER_OVERRUN`: messages of the kernel were lost because the receive buffer was full (ENOBUFS);
 * - `ERR_NODE_NETFILTER_UNSUPPORTED`: this kernel does not know what is asked for (EOPNOTSUPP, EINVAL);
 * - `ERR_NODE_NETFILTER_REFUSED`: refused for another reason, which is in the message;
 * - `ERR_NODE_NETFILTER_MALFORMED`: bytes are no netlink message, or not the one that was expected;
 * - `ERR_NODE_NETFILTER_TIMEOUT`: `nft` took longer than it may;
 * - `ERR_NODE_NETFILTER_ABORTED`: stopped by a signal before it was done;
 * - `ERR_NODE_NETFILTER_CLOSED`: it was closed before.
 */
export class NodeNetfilterError extends ComponentError {
  override readonly name = 'NodeNetfilterError';
  readonly errno: number | undefined;
  readonly faults: readonly CommandFault[];

  constructor(code: NodeNetfilterErrorCode, fault: string, details: NodeNetfilterErrorDetails = {}) {
    super(`ERR_NODE_NETFILTER_${code}`, fault, details);
    this.errno = details.errno;
    this.faults = details.faults ?? [];
  }
}

/** The codes without their common beginning. */
export type NodeNetfilterErrorCode =
  | 'OPTION'
  | 'NAME'
  | 'KEY'
  | 'UNAVAILABLE'
  | 'MISSING'
  | 'PERMISSION'
  | 'OWNED'
  | 'IN_USE'
  | 'NO_TABLE'
  | 'NO_SET'
  | 'NO_ELEMENT'
  | 'NOT_FOUND'
  | 'EXISTS'
  | 'FULL'
  | 'STALE'
  | 'TOO_LARGE'
  | 'OVERRUN'
  | 'UNSUPPORTED'
  | 'REFUSED'
  | 'MALFORMED'
  | 'TIMEOUT'
  | 'ABORTED'
  | 'CLOSED';
