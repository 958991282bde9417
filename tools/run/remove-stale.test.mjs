import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFiles } from '../check/testing/write-files.mjs';
import { removeStale } from './remove-stale.mjs';

test('removes what was compiled from a source that is gone, or from help for tests, and nothing else', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'sluice-stale-'));
  const kept = [
    'packages/a/dist/x.js',
    'packages/a/dist/x.d.ts.map',
    'packages/a/dist/rx/y.d.ts',
    'packages/a/dist/.tsbuildinfo',
  ];
  const stale = ['packages/a/dist/rx/gone.js', 'packages/a/dist/rx/gone.js.map', 'packages/a/dist/testing/help.d.ts'];
  const sources = ['packages/a/src/x.ts', 'packages/a/src/rx/y.ts', 'packages/a/src/testing/help.ts'];
  writeFiles(root, Object.fromEntries([...kept, ...stale, ...sources].map((file) => [file, ''])));

  expect(removeStale(root, ['packages/a', 'packages/unbuilt']).sort()).toEqual(stale);
  for (const file of [...kept, ...sources]) expect(existsSync(path.join(root, file))).toBe(true);
  for (const file of stale) expect(existsSync(path.join(root, file))).toBe(false);
  rmSync(root, { recursive: true });
});
