import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jestCommand } from './jest-command.mjs';
import { environment } from './run-steps.mjs';
import { countsVariable, readCounts } from './test-counts.mjs';

/**
 * Asks an executable of Node.js for its version.
 *
 * @param {string} node
 */
const versionOf = (node) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();

/**
 * Fetches a release of Node.js and keeps it below `.cache/`: npm's own cache is in the user's home, where tests that
 * run as somebody else may not look.
 *
 * @param {string} root folder of the workspace
 * @param {string} major
 * @returns {string} path of its executable
 */
export function fetchNode(root, major) {
  const npx = ['--yes', '--package', `node@${major}`, 'node', '-p', 'process.execPath'];
  const printed = execFileSync('npx', npx, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const fetched = printed.trim();
  const kept = path.join(root, '.cache/node', versionOf(fetched), 'bin/node');
  if (!existsSync(kept)) {
    mkdirSync(path.dirname(kept), { recursive: true });
    copyFileSync(fetched, kept);
    chmodSync(kept, 0o755);
  }
  return kept;
}

/**
 * @typedef {object} ReleaseResult
 * @property {string} version
 * @property {boolean} passed
 * @property {import('./test-counts.mjs').TestCounts} counts
 */

/**
 * Runs all tests on one executable of Node.js. Programs that the tests start by name find it first too.
 *
 * @param {string} root
 * @param {string} node path of the executable
 * @returns {ReleaseResult}
 */
export function testOn(root, node) {
  const version = versionOf(node);
  console.log(`▸ tests on Node.js ${version}`);
  const scratch = mkdtempSync(path.join(tmpdir(), 'sluice-matrix-'));
  const file = path.join(scratch, 'counts.json');
  const { status } = spawnSync(node, jestCommand().slice(1), {
    cwd: root,
    env: environment(root, { [countsVariable]: file }, node),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const counts = readCounts(file);
  rmSync(scratch, { recursive: true });
  return { version, passed: status === 0, counts };
}
