import type { ActionOutcome } from '../../queue-action.ts';

/** All outcomes. */
export async function outcomesOf(batches: AsyncIterable<readonly ActionOutcome[]>): Promise<ActionOutcome[]> {
  const all: ActionOutcome[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}

/** Results by id; of an id that has several outcomes, the last. */
export const resultsOf = (outcomes: readonly ActionOutcome[]): ReadonlyMap<string, string> =>
  new Map(outcomes.map(({ id, result }) => [id, result]));

/** Batches that are there at once. */
export async function* batchesOf<T>(...batches: readonly (readonly T[])[]): AsyncGenerator<readonly T[]> {
  yield* batches;
}
