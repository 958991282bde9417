import type { Commit } from '../commit.ts';

/** All commits of a reader that comes to an end. */
export async function commitsOf(batches: AsyncIterable<readonly Commit[]>): Promise<Commit[]> {
  const commits: Commit[] = [];
  for await (const batch of batches) commits.push(...batch);
  return commits;
}
