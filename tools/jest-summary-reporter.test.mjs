import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFiles } from './check/testing/write-files.mjs';
import { countsVariable, formatCounts, formatSkipped, readCounts } from './run/test-counts.mjs';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const reporter = fileURLToPath(new URL('./jest-summary-reporter.mjs', import.meta.url));

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sluice-reporter-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/**
 * Counts that Jest reports of some test files.
 *
 * @param {Record<string, string>} files
 */
function countsOf(files) {
  writeFiles(root, { 'package.json': '{}', ...files });
  const file = path.join(root, 'counts.json');
  spawnSync(process.execPath, [jest, `--rootDir=${root}`, `--reporters=${reporter}`], {
    cwd: root,
    env: { ...process.env, [countsVariable]: file },
  });
  return readCounts(file);
}

test('counts what passed, failed and was skipped, says why, and a file that cannot be run as one failure', () => {
  const counts = countsOf({
    'a.test.js':
      "test('1', () => {}); test('2', () => {}); test('3', () => { throw 3; }); test.skip('4 (needs nft)', () => {});",
    'b.test.js':
      "test.todo('5'); describe.skip('all (skipped without ip)', () => { test('6', () => {}); test('8', () => {}); }); test('7', () => {});",
    'c.test.js': 'not even a program',
  });
  expect(formatCounts(counts)).toBe('Tests: 3 passed, 2 failed, 4 skipped');
  expect(formatSkipped(counts)).toEqual(['Skipped: 4 (needs nft)', 'Skipped: all (skipped without ip)']);
});

test('a run that never ended counts nothing', () => {
  expect(formatCounts(readCounts(path.join(root, 'none')))).toBe('Tests: 0 passed, 0 failed, 0 skipped');
});
