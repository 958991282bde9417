import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkWorkspace } from './check-workspace.mjs';
import { formatFault } from './fault.mjs';
import { appended, right } from './testing/changes.mjs';
import { writeFiles } from './testing/write-files.mjs';
import { wrongDependencies } from './testing/wrong-dependencies.mjs';
import { wrongEntries } from './testing/wrong-entries.mjs';
import { wrongFiles } from './testing/wrong-files.mjs';
import { rightStreams, wrongStreams } from './testing/wrong-streams.mjs';

const violations = [...wrongDependencies, ...wrongEntries, ...wrongFiles, ...wrongStreams];

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sluice-check-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** @param {import('./testing/changes.mjs').Files} changes to the right workspace */
function faultsWith(changes) {
  writeFiles(root, { ...right, ...changes });
  return checkWorkspace(root);
}

test('a workspace that keeps the rules has no fault', () => {
  expect(faultsWith({})).toEqual([]);
});

test('bounded operators, lists, namesakes from elsewhere and tests give no fault', () => {
  expect(faultsWith(rightStreams)).toEqual([]);
});

describe('a rule that is broken once gives exactly its fault', () => {
  test.each(violations)('%s: %s', (rule, _name, changes, { file, fault }) => {
    const faults = faultsWith(changes);
    expect(faults).toEqual([{ file, fault, rule, cure: expect.stringMatching(/^\w/) }]);
  });
});

test('a file that does not parse is a fault, and the others are checked on', () => {
  const faults = faultsWith({
    ...appended('packages/ban-policy/src/thing.ts', 'const ;'),
    ...appended('packages/pipeline/src/thing.ts', "import 'pino';"),
  });
  expect(faults.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['packages/ban-policy/src/thing.ts', 'packages/pipeline/src/thing.ts:4']),
  );
});

test('every rule that a fault cites is in the component specification', () => {
  const spec = readFileSync(new URL('../../docs/component-spec.md', import.meta.url), 'utf8');
  for (const [rule] of violations) expect(spec).toContain(`**${rule}**`);
});

test('a fault is printed on one line with place, fault, cure and rule', () => {
  const fault = { file: 'a/b.ts:3', fault: 'is wrong', cure: 'mend it', rule: '1.5' };
  expect(formatFault(fault)).toBe('a/b.ts:3: is wrong; mend it (component-spec 1.5)');
});

test('the command prints one line per fault on stderr and exits 1', () => {
  writeFiles(root, { ...right, 'packages/pipeline/README.md': '', 'tools/tool.mjs': '//\n'.repeat(500) });
  const command = fileURLToPath(new URL('../check-workspace.mjs', import.meta.url));
  const { status, stderr, stdout } = spawnSync(process.execPath, [command, root], { encoding: 'utf8' });
  expect({ status, stdout, lines: stderr.trimEnd().split('\n') }).toEqual({
    status: 1,
    stdout: '',
    lines: [expect.stringMatching(/^tools\/tool\.mjs: /), expect.stringMatching(/^packages\/pipeline\/README\.md: /)],
  });
});
