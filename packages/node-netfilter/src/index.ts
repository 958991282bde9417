export type { Block, BlockedPort, BlockOp, BlockOutcome } from './blocklist/block-op.ts';
export type { BlockedNetwork } from './blocklist/blocked-network.ts';
export type { Blocklist, Counted } from './blocklist/blocklist.ts';
export type { BlocklistOptions } from './blocklist/blocklist-options.ts';
export { type BlocklistStatements, blocklistStatements } from './blocklist/blocklist-statements.ts';
export type { Health } from './blocklist/health.ts';
export { type OpenBlocklistOptions, openBlocklist } from './blocklist/open-blocklist.ts';
export { type AddressPrefixes, type ReadNetwork, readNetwork } from './blocklist/read-network.ts';
export type { ReconcileReport } from './blocklist/reconcile-report.ts';
export { type CutReport, cutConnections } from './cut/cut-connections.ts';
export type { CutNetwork } from './cut/cut-network.ts';
export { nodeNetfilterMetrics } from './metrics.ts';
export type { Capabilities } from './netfilter/capabilities.ts';
export { type CommitAllOptions, commitAll } from './netfilter/commit-all.ts';
export type { Capable, CommitOptions, MonitorOptions, Netfilter } from './netfilter/netfilter.ts';
export type { NetfilterOptions } from './netfilter/netfilter-options.ts';
export { openNetfilter } from './netfilter/open-netfilter.ts';
export type { RulesetChange } from './netfilter/ruleset-change.ts';
export {
  NodeNetfilterError,
  type NodeNetfilterErrorCode,
  type NodeNetfilterErrorDetails,
} from './node-netfilter-error.ts';
export type { OpenNetfilterOptions } from './options.ts';
export type { Chain, ChainBase, ChainRef, Hook } from './ruleset/chain.ts';
export type { AddElements, Command, DeleteElements } from './ruleset/command.ts';
export type { CommandFault } from './ruleset/command-fault.ts';
export type { Family } from './ruleset/family.ts';
export type { NamedCounter, NamedCounterRef } from './ruleset/named-counter.ts';
export type { Rule, RuleInfo } from './ruleset/rule.ts';
export type { KeyType, NftSet, SetFlag, SetRef } from './ruleset/set.ts';
export type { SetElement } from './ruleset/set-element.ts';
export type { Statement } from './ruleset/statement.ts';
export type { Table, TableFlag, TableRef } from './ruleset/table.ts';
export { type KoffiSocketsOptions, koffiSockets } from './socket/koffi-sockets.ts';
export type { Libc } from './socket/libc.ts';
export type {
  Exchange,
  ExchangeOptions,
  NetlinkListener,
  NetlinkSocket,
  NetlinkSockets,
} from './socket/netlink-socket.ts';
