import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { jestCommand } from './jest-command.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('a path narrows the run to the tests below it', () => {
  const [, ...given] = jestCommand(['--listTests', 'tools/bench/median']);
  const listed = execFileSync(process.execPath, given, { cwd: root, encoding: 'utf8' });
  expect(listed.trim()).toMatch(/^\S+\/tools\/bench\/median\.test\.mjs$/);
});
