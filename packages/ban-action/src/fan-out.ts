import type { BanEvent } from '@sluice/pipeline';
import { BanActionError } from './ban-action-error.ts';
import type { BanBackend, BanOutcome } from './ban-backend.ts';
import type { FanOutBranch } from './fan-out-branch.ts';
import { backendFault } from './outcome.ts';
import { RunningBranch } from './running-branch.ts';

/**
 * Several backends as one: each gets every event, side by side; each keeps the order of events for itself.
 *
 * - An event is `ok` when all required branches applied it; its `error` is that of the first that did not, and `parts` has
 *   every branch's outcome.
 * - A required branch is waited for, however long it takes. When one cannot start, those that did are stopped again.
 * - One that is not required (best effort) and cannot start takes part in nothing, and its outcomes say why. It is waited
 *   for `maxWaitMs`; then its outcomes say `ERR_BAN_ACTION_TIMEOUT`, and the others go on. It gets what it has missed, in
 *   order; until it is done with that, no commit waits for it any more.
 * - `reconcile` and `flush` are for all of them.
 *
 * @throws BanActionError `ERR_BAN_ACTION_OPTION`
 */
export function fanOut(branches: readonly (BanBackend | FanOutBranch)[]): BanBackend {
  const all = branches.map((branch) => new RunningBranch('backend' in branch ? branch : { backend: branch }));
  const name = all.length === 1 ? (all[0] as RunningBranch).backend.name : 'fan-out';

  const doAll = async (work: (branch: RunningBranch) => Promise<void>): Promise<void> => {
    const results = await Promise.allSettled(all.map(work));
    const faults = results.flatMap((result) =>
      result.status === 'rejected' ? [backendFault(name, result.reason)] : [],
    );
    const [first, ...others] = faults;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    throw new BanActionError(first.code, faults.map(({ message }) => message).join('; '), { cause: first });
  };
  const stopAll = (): Promise<void> => doAll((branch) => branch.stop());
  const outcomesOfAll = async (
    events: readonly BanEvent[],
    work: (backend: BanBackend, signal: AbortSignal) => Promise<readonly BanOutcome[]>,
    signal?: AbortSignal,
  ): Promise<BanOutcome[]> => {
    const byBranch = await Promise.all(all.map((branch) => branch.outcomes(events, work, signal)));
    return events.map((event, n) => {
      const parts = byBranch.map((outcomes) => outcomes[n] as BanOutcome);
      const failed = parts.find(({ ok }, branch) => !ok && (all[branch] as RunningBranch).required);
      return {
        event,
        backend: name,
        ok: failed === undefined,
        dryRun: parts.length > 0 && parts.every((part) => part.dryRun),
        durationMs: Math.max(0, ...parts.map((part) => part.durationMs)),
        parts,
        ...(failed?.error && { error: failed.error }),
      };
    });
  };

  return {
    name,
    async start(signal) {
      await Promise.all(all.map((branch) => branch.start(signal)));
      const broken = all.find(({ required, fault }) => required && fault !== undefined);
      if (broken === undefined) return;
      await stopAll().catch(() => {});
      throw broken.fault;
    },
    apply: (events, signal) => outcomesOfAll(events, (backend, stop) => backend.apply(events, stop), signal),
    reconcile: (bans, signal) => outcomesOfAll(bans, (backend, stop) => backend.reconcile(bans, stop), signal),
    flush: (signal) => doAll((branch) => branch.flush(signal)),
    stop: stopAll,
    startCommands: () => all.flatMap(({ backend }) => backend.startCommands()),
    commands: (event) => all.flatMap(({ backend }) => backend.commands(event)),
    rehearse: (write) => fanOut(all.map(({ backend, required }) => ({ backend: backend.rehearse(write), required }))),
  };
}
