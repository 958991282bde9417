import type { QueueField } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { MessageFilter } from '../where/compile-filter.ts';
import type { Acting } from './acting.ts';
import type { Answer } from './answer-reader.ts';
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
  const fields = new Set<QueueField>(filter?.fields);
  if (dryRun) fields.add('locks');
  const ids = targets.map(({ id }) => id);
  const sight = await acting.lookUp(queue, ids, [...fields]);
  const nowMs = clock.nowMs();
  const left: Target[] = [];
  const verdicts: Verdict[] = [];
  for (const target of targets) {
    const isSeen = sight.has(target.id);
    const answer = isSeen ? rule(sight.get(target.id), filter, nowMs) : undefined;
    const dry = dryRun ? wouldBe(acting, sight.get(target.id)) : undefined;
    const verdict = answer ?? dry;
    if (verdict === undefined) left.push(target);
    else verdicts.push({ target, ...verdict });
  }
  return { targets: left, verdicts };
}

type Ruling = Answer | Pick<Verdict, 'result' | 'detail'>;

function rule(entry: QueueEntry | undefined, filter: MessageFilter | undefined, nowMs: number): Ruling | undefined {
  if (entry === undefined) return { result: 'gone', detail: 'is not in the queue any more' };
  if (filter !== undefined && !filter.matches(entry, nowMs))
    return { result: 'skipped', detail: 'the filter does not select it any more' };
  return entry.isAside ? { result: 'failed', detail: asideDetail } : undefined;
}

function wouldBe({ action, command }: Acting, entry: QueueEntry | undefined): Ruling {
  if (entry?.lockedBy !== undefined) return { result: 'locked', detail: `is locked by process ${entry.lockedBy}` };
  const [flag] = command.args('', []).filter((argument) => argument !== '-v');
  return { result: 'would', detail: `would ${action.kind} it by exim ${flag}` };
}
