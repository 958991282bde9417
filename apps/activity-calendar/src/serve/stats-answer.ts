import { createHash } from 'node:crypto';
import { type Answer, jsonAnswer } from './answer.ts';
import type { Site } from './site.ts';

/** Answers `/api/stats`: the numbers for a query, and how the site is. */
export async function statsAnswer(site: Site, query: URLSearchParams): Promise<Answer> {
  // Before counting: what comes in meanwhile makes another version.
  const { version, name, state } = site;
  const problems = site.problemLines();
  const { dropped, undated } = site.store;
  const stats = await site.stats.view(query);
  const etag = createHash('sha256')
    .update(JSON.stringify([version, problems, query.toString()]))
    .digest('base64url');
  return jsonAnswer(200, { version, name, state, problems, dropped, ...stats, undated }, `"${etag}"`);
}
