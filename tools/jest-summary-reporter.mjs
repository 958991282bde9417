import { writeFileSync } from 'node:fs';
import { countsVariable } from './run/test-counts.mjs';

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
    };
    writeFileSync(file, JSON.stringify(counts));
  }
}
