import type { Acting } from './acting.ts';
import { queueText } from './settle.ts';
import type { Target, Verdict } from './target.ts';

/** Looks in all queues for messages that were given as ids only, and notes with each in which it is. */
export async function whereabouts(
  { action, lookUp }: Acting,
  targets: readonly Target[],
): Promise<{ readonly found: readonly Target[]; readonly verdicts: readonly Verdict[] }> {
  const ids = targets.map(({ id }) => id);
  const sight = await lookUp.entries('*', ids);
  const found: Target[] = [];
  const verdicts: Verdict[] = [];
  for (const target of targets) {
    const entry = sight.get(target.id);
    // What cannot be looked up is tried in the main queue; Exim says if it is not there.
    target.queue = entry?.queue ?? '';
    if (entry === undefined && sight.has(target.id))
      verdicts.push({ target, result: 'gone', detail: 'is in none of the queues any more' });
    else if (action.kind === 'move' && action.queue === target.queue)
      verdicts.push({ target, result: 'unchanged', detail: `is in ${queueText(target.queue)} already` });
    else found.push(target);
  }
  return { found, verdicts };
}
