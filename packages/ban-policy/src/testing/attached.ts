import type { BanEvent, Reject } from '@sluice/pipeline';
import { BanPolicy } from '../ban-policy.ts';
import type { PolicyNotice } from '../notice.ts';
import type { BanPolicyOptions } from '../options.ts';

/** A policy with somebody who takes its decisions, notices and rejects. */
export interface Attached {
  readonly policy: BanPolicy;
  readonly events: BanEvent[];
  readonly notices: PolicyNotice[];
  readonly rejects: Reject[];
  readonly detach: () => void;
}

/** A policy in event time, attached to. */
export function attached(options: BanPolicyOptions = {}): Attached {
  const [events, notices, rejects]: [BanEvent[], PolicyNotice[], Reject[]] = [[], [], []];
  const policy = new BanPolicy({
    clock: 'event',
    notices: { next: (notice) => notices.push(notice) },
    rejects: { next: (reject) => rejects.push(reject) },
    ...options,
  });
  return { policy, events, notices, rejects, detach: policy.attach((event) => events.push(event)) };
}

/** Events in short: `ban 192.0.2.1`. */
export const kindsOf = (events: readonly BanEvent[]): string[] => events.map(({ kind, id }) => `${kind} ${id}`);
