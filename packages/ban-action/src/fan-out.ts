import type { BanEvent } from '@sluice/pipeline';
import { BanActionError } from './ban-action-error.ts';
import type { BanBackend, BanOutcome } from './ban-backend.ts';
import { backendFault, failedOutcome } from './outcome.ts';

/** One backend of several. */
export interface FanOutBranch {
  readonly backend: BanBackend;
  /** False: when it cannot start or apply, the others decide whether all is well. Default true. */
  readonly required?: boolean;
}

type Branch = Required<FanOutBranch> & { fault?: BanActionError | undefined };

/**
 * Several backends as one: each gets every event, side by side; each keeps the order of events for itself.
 *
 * An event is `ok` when all required branches applied it; its `error` is that of the first that did not, and `parts` has
 * every branch's outcome. When a required branch cannot start, those that did are stopped again. One that is not
 * required and cannot start takes part in nothing, and its outcomes say why.
 */
export function fanOut(branches: readonly (BanBackend | FanOutBranch)[]): BanBackend {
  const all = branches.map(
    (branch): Branch => ({ required: true, ...('backend' in branch ? branch : { backend: branch }) }),
  );
  const name = all.length === 1 ? (all[0] as Branch).backend.name : 'fan-out';

  const startOne = async (branch: Branch, signal?: AbortSignal): Promise<void> => {
    branch.fault = undefined;
    try {
      await branch.backend.start(signal);
    } catch (error) {
      branch.fault = backendFault(branch.backend.name, error);
    }
  };
  const doAll = async (work: (backend: BanBackend) => Promise<void>): Promise<void> => {
    const running = all.filter(({ fault }) => fault === undefined);
    const results = await Promise.allSettled(running.map(({ backend }) => work(backend)));
    const faults = results.flatMap((result) =>
      result.status === 'rejected' ? [backendFault(name, result.reason)] : [],
    );
    const [first, ...others] = faults;
    if (first === undefined) return;
    if (others.length === 0) throw first;
    throw new BanActionError(first.code, faults.map(({ message }) => message).join('; '), { cause: first });
  };
  const stopAll = (): Promise<void> => doAll((backend) => backend.stop());
  const applyOne = async (
    branch: Branch,
    events: readonly BanEvent[],
    signal?: AbortSignal,
  ): Promise<readonly BanOutcome[]> => {
    const { backend, fault } = branch;
    const fail = (error: BanActionError): BanOutcome[] =>
      events.map((event) => failedOutcome(backend.name, event, error));
    if (fault !== undefined) return fail(fault);
    return backend.apply(events, signal).catch((error: unknown) => fail(backendFault(backend.name, error)));
  };

  return {
    name,
    async start(signal) {
      await Promise.all(all.map((branch) => startOne(branch, signal)));
      const broken = all.find(({ required, fault }) => required && fault !== undefined);
      if (broken === undefined) return;
      await stopAll().catch(() => {});
      throw broken.fault;
    },
    async apply(events, signal) {
      const byBranch = await Promise.all(all.map((branch) => applyOne(branch, events, signal)));
      return events.map((event, n) => {
        const parts = byBranch.map((outcomes) => outcomes[n] as BanOutcome);
        const failed = parts.find(({ ok }, branch) => !ok && (all[branch] as Branch).required);
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
    },
    flush: (signal) => doAll((backend) => backend.flush(signal)),
    stop: stopAll,
    startCommands: () => all.flatMap(({ backend }) => backend.startCommands()),
    commands: (event) => all.flatMap(({ backend }) => backend.commands(event)),
    rehearse: (write) => fanOut(all.map(({ backend, required }) => ({ backend: backend.rehearse(write), required }))),
  };
}
