export { BanList, type StandingBan } from './ban-list.ts';
export { BanPolicy, type PolicyStatus } from './ban-policy.ts';
export { BanPolicyError } from './ban-policy-error.ts';
export { decideBans } from './decide-bans.ts';
export { FailureCounter, type FailureCounterOptions, type Tally } from './failure-counter.ts';
export { IgnoreList } from './ignore-list.ts';
export { banPolicyMetrics } from './metrics.ts';
export type { ExpiredBan, NoticeSink, PolicyNotice } from './notice.ts';
export type { BanPolicyOptions, Decide, ResolvedOptions } from './options.ts';
