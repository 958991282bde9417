// Compares this project with fail2ban, row by row, on all that fail2ban itself expects and beside the real one where it is
// installed: `npm run conformance`. Prints a table (passed, failed, known difference with its reason). The same tests are
// part of `npm test`.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { conformanceTable } from './conformance/table.mjs';
import { buildSteps } from './run/build-steps.mjs';
import { jestCommand } from './run/jest-command.mjs';
import { runSteps } from './run/run-steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'sluice-conformance-'));
const results = path.join(scratch, 'results');

const failed = runSteps(
  root,
  [
    ...buildSteps,
    { name: 'goldens', command: jestCommand(['golden|conformance', '--silent']), env: { SLUICE_CONFORMANCE: results } },
  ],
  (line) => console.error(line),
  'stderr',
);
const files = existsSync(results) ? readdirSync(results) : [];
for (const line of conformanceTable(files.map((name) => JSON.parse(readFileSync(path.join(results, name), 'utf8')))))
  console.log(line);
rmSync(scratch, { recursive: true });
if (failed || files.length === 0) process.exitCode = 1;
