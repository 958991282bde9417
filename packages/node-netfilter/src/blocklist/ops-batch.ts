import type { CutNetwork } from '../cut/cut-network.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { BlockOutcome } from './block-op.ts';
import { asNetfilterError } from './fault-kind.ts';
import type { FailedChanges, Mirror } from './mirror.ts';
import type { MirrorSet } from './mirror-set.ts';
import { type ReadOp, readOp } from './read-op.ts';
import type { Settings } from './settings.ts';
import { keysOf, setsOf, stageOp } from './stage-op.ts';
import type { OpsRequest, OpsSlice } from './work-queue.ts';

/** Why an element failed, and whether the kernel has it all the same, from before. */
interface Failure {
  readonly error: NodeNetfilterError;
  readonly isHeld: boolean;
}

type Failures = Map<MirrorSet, Map<string, Failure>>;

/** Operations that are brought into effect by one commit, and what becomes of them. */
export class OpsBatch {
  readonly #settings: Settings;
  readonly #mirror: Mirror;
  readonly slices: OpsSlice[] = [];

  constructor(settings: Settings, mirror: Mirror) {
    this.#settings = settings;
    this.#mirror = mirror;
  }

  /** Takes operations for as long as there is room, and writes down in the mirror what they want. */
  stage(waiting: Iterable<OpsRequest>, maxChanges: number): void {
    const nowMs = this.#settings.clock.nowMs();
    let room = maxChanges;
    for (const request of waiting) {
      const { ops, outcomes, signal } = request;
      const from = request.next;
      if (signal?.aborted === true) {
        const error = new NodeNetfilterError('ABORTED', 'stopped by its signal before it was begun');
        for (const op of ops.slice(from)) outcomes.push({ op, ok: false, error });
        request.next = ops.length;
        continue;
      }
      while (room > 0 && request.next < ops.length) {
        const op = ops[request.next] as (typeof ops)[number];
        request.next += 1;
        const read = readOp(op, this.#settings);
        const error = read instanceof NodeNetfilterError ? read : this.#stageOne(read, nowMs);
        outcomes.push(error === undefined ? { op, ok: true } : { op, ok: false, error });
        room -= op.ports?.length ?? 1;
      }
      this.slices.push({ request, from, to: request.next });
      if (room <= 0) return;
    }
  }

  #stageOne(read: ReadOp, nowMs: number): NodeNetfilterError | undefined {
    try {
      stageOp(read, this.#mirror, this.#settings, nowMs);
      return undefined;
    } catch (error) {
      return asNetfilterError(error);
    }
  }

  /** Tells the operations whose changes failed. To be called when the mirror has settled. */
  fail(failed: FailedChanges): void {
    const failures: Failures = new Map();
    for (const [{ entry, heldEndMs }, error] of failed) {
      const ofSet = failures.get(entry.set) ?? new Map<string, Failure>();
      failures.set(entry.set, ofSet.set(entry.key, { error, isHeld: heldEndMs > 0 }));
    }
    for (const { request, from, to } of this.slices) {
      for (let at = from; at < to; at++) {
        const outcome = request.outcomes[at];
        if (outcome?.ok !== true) continue;
        const { op } = outcome;
        const failure = this.#failureOf(readOp(op, this.#settings) as ReadOp, failures);
        // One that should be let in, and was not blocked in between, is let in.
        if (failure === undefined || (op.kind === 'unblock' && !failure.isHeld)) continue;
        request.outcomes[at] = { op, ok: false, error: failure.error };
      }
    }
  }

  #failureOf(read: ReadOp, failures: Failures): Failure | undefined {
    for (const set of setsOf(read, this.#mirror, this.#settings)) {
      const ofSet = failures.get(set);
      if (ofSet === undefined) continue;
      for (const key of keysOf(read)) {
        const failure = ofSet.get(key);
        if (failure !== undefined) return failure;
      }
    }
    return undefined;
  }

  /** Networks that are blocked now and have to be cut off. */
  *blocked(): IterableIterator<CutNetwork> {
    for (const { request, from, to } of this.slices) {
      for (let at = from; at < to; at++) {
        const outcome = request.outcomes[at];
        if (outcome?.ok !== true || outcome.op.kind !== 'block') continue;
        const { network, ports } = readOp(outcome.op, this.#settings) as ReadOp;
        if (ports === undefined) yield network;
        else for (const port of ports) yield { ...network, port };
      }
    }
  }

  /** Outcomes of those that failed. */
  failures(): readonly BlockOutcome[] {
    return this.slices.flatMap(({ request, from, to }) => request.outcomes.slice(from, to).filter(({ ok }) => !ok));
  }

  /** How many operations succeeded and failed. */
  count(): { readonly applied: number; readonly failed: number } {
    let applied = 0;
    let all = 0;
    for (const { request, from, to } of this.slices) {
      all += to - from;
      for (let at = from; at < to; at++) if (request.outcomes[at]?.ok === true) applied += 1;
    }
    return { applied, failed: all - applied };
  }
}
