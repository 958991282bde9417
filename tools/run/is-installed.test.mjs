import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFiles } from '../check/testing/write-files.mjs';
import { isInstalled } from './is-installed.mjs';

/** @type {string} */
let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sluice-installed-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const locked = {
  '': { name: 'sluice' },
  'packages/a': { version: '0.1.0' },
  'node_modules/@sluice/a': { resolved: 'packages/a', link: true },
  'node_modules/tool': { version: '2.0.0' },
  'node_modules/tool-for-another-platform': { version: '2.0.0', optional: true },
};
const { 'node_modules/tool-for-another-platform': _, '': _root, ...installed } = locked;

/** @param {object} [packages] what npm says that it installed */
function given(packages) {
  const inFolder = packages && JSON.stringify({ packages });
  writeFiles(root, {
    'package-lock.json': JSON.stringify({ packages: locked }),
    'node_modules/.package-lock.json': inFolder,
  });
}

test('nothing is installed in a fresh clone', () => {
  given();
  expect(isInstalled(root)).toBe(false);
});

test('all is installed when only packages for other platforms are missing', () => {
  given(installed);
  mkdirSync(path.join(root, 'node_modules/@sluice/a'), { recursive: true });
  expect(isInstalled(root)).toBe(true);
});

test('an older version is not what the lock asks for', () => {
  given({ ...installed, 'node_modules/tool': { version: '1.9.0' } });
  mkdirSync(path.join(root, 'node_modules/@sluice/a'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

test('a missing link to a sibling is noticed', () => {
  given(installed);
  expect(isInstalled(root)).toBe(false);
});
