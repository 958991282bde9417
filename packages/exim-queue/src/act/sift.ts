import type { QueueEntry } from '../queue-entry.ts';
import type { MessageFilter } from '../where/message-filter.ts';
import type { Acting } from './acting.ts';
import { asideDetail } from './aside-detail.ts';
import type { Target, Verdict } from './target.ts';

/** Messages that an action is about to go to, and those that it does not. */
export interface Sifted {
  readonly targets: readonly Target[];
  readonly verdicts: readonly Verdict[];
}

/**
 * Reads messages again just before an action: those that have left, or that the filter does not select any more, are
 * taken out. Of a dry run none is left.
 */
export async function sift(
  acting: Acting,
  filter: MessageFilter | undefined,
  queue: string,
  targets: readonly Target[],
): Promise<Sifted> {
  const { dryRun, clock } = acting.settings;
  const ids = targets.map(({ id }) => id);
  const fields = dryRun ? (['locks'] as const) : [];
  const sight = await acting.lookUp.select(queue, ids, { fields, filter, nowMs: clock.nowMs() });
  const left: Target[] = [];
  const verdicts: Verdict[] = [];
  for (const target of targets) {
    const found = sight.get(target.id);
    const ruling = sight.has(target.id) ? rule(found) : undefined;
    const dry = dryRun ? wouldBe(acting, typeof found === 'object' ? found.lockedBy : undefined) : undefined;
    const verdict = ruling ?? dry;
    if (verdict === undefined) left.push(target);
    else verdicts.push({ target, ...verdict });
  }
  return { targets: left, verdicts };
}

type Ruling = Pick<Verdict, 'result' | 'detail'>;

function rule(found: QueueEntry | 'filtered' | undefined): Ruling | undefined {
  if (found === undefined) return { result: 'gone', detail: 'is not in the queue any more' };
  if (found === 'filtered') return { result: 'skipped', detail: 'the filter does not select it any more' };
  return found.isAside ? { result: 'failed', detail: asideDetail } : undefined;
}

function wouldBe({ action, command }: Acting, lockedBy: number | undefined): Ruling {
  if (lockedBy !== undefined) return { result: 'locked', detail: `is locked by process ${lockedBy}` };
  const [flag] = command.args('', []).filter((argument) => argument !== '-v');
  return { result: 'would', detail: `would ${action.kind} it by exim ${flag}` };
}
