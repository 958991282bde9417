import { writeFileSync } from 'node:fs';
import { countsVariable } from './run/test-counts.mjs';

/**
 * What was skipped, with the reason that its title or that of a `describe` around it gives.
 *
 * @param {import('@jest/reporters').AggregatedResult} results
 * @returns {string[]} each title once
 */
function skippedTitles(results) {
  const pending = results.testResults.flatMap((file) => file.testResults).filter(({ status }) => status === 'pending');
  const titles = pending.map(
    ({ ancestorTitles, title }) =>
      [...ancestorTitles, title].find((part) => /\bneeds?\b|\bskipped\b/.test(part)) ?? title,
  );
  return [...new Set(titles)].sort();
}

/** Writes the counts of a Jest run to the file that the environment names, for whoever started the run. */
export default class JestSummaryReporter {
  /**
   * @param {unknown} _contexts
   * @param {import('@jest/reporters').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const file = process.env[countsVariable];
    if (file === undefined) return;
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      skippedTitles: skippedTitles(results),
    };
    writeFileSync(file, JSON.stringify(counts));
  }
}
