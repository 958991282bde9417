import { existsSync, readFileSync } from 'node:fs';

/**
 * How a test run ended.
 *
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed with a file that could not be run at all as one failure
 * @property {number} skipped
 * @property {readonly string[]} skippedTitles of what was skipped, which say why
 */

/** Variable that tells `jest-summary-reporter.mjs` where to write a {@link TestCounts}. */
export const countsVariable = 'SLUICE_TEST_COUNTS';

/**
 * Counts that a run wrote; none when it wrote nothing, as when it did not come to an end.
 *
 * @param {string} file
 * @returns {TestCounts}
 */
export const readCounts = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: 0, skippedTitles: [] };

/**
 * @param {TestCounts} counts
 * @returns {string}
 */
export const formatCounts = ({ passed, failed, skipped }) =>
  `Tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;

/**
 * What was skipped and why, a line each.
 *
 * @param {TestCounts} counts
 * @returns {string[]}
 */
export const formatSkipped = ({ skippedTitles }) => skippedTitles.map((title) => `Skipped: ${title}`);
