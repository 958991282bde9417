// Everything that has to hold before a change lands: `npm test [-- JEST ARGUMENTS]`, for example
// `npm test -- packages/log-matcher`. Needs nothing but Node.js, npm and this folder; ends with
// what was skipped and the counts of the tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSteps } from './run/build-steps.mjs';
import { isInstalled } from './run/is-installed.mjs';
import { jestCommand } from './run/jest-command.mjs';
import { runSteps } from './run/run-steps.mjs';
import { countsVariable, formatCounts, formatSkipped, readCounts } from './run/test-counts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'sluice-test-'));
const counts = path.join(scratch, 'counts.json');

const failed = runSteps(
  root,
  [
    { name: 'install', command: ['npm', 'ci'], isDone: () => isInstalled(root) },
    { name: 'system packages', command: ['bash', 'tools/setup-system.sh'] },
    { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings', '.'] },
    { name: 'workspace rules', command: ['node', 'tools/check-workspace.mjs'] },
    { name: 'lock', command: ['node', 'tools/check-lock.mjs'] },
    ...buildSteps,
    { name: 'types of the tests', command: ['tsc', '-p', 'tsconfig.test.json'] },
    { name: 'types of the tools', command: ['tsc', '-p', 'tools'] },
    {
      name: 'tests',
      command: jestCommand(process.argv.slice(2)),
      env: { [countsVariable]: counts },
    },
  ],
  (line) => console.log(line),
);

if (failed) process.exitCode = 1;
const result = readCounts(counts);
for (const line of [...formatSkipped(result), formatCounts(result)]) console.log(line);
rmSync(scratch, { recursive: true });
