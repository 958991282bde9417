import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findBenches } from './find-benches.mjs';
import { performancePage } from './performance-page.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('docs/performance.md shows the newest record of every package', () => {
  const folders = findBenches(root).map(({ folder }) => folder);
  const page = new URL('../../docs/performance.md', import.meta.url);
  const shown = existsSync(page) ? readFileSync(page, 'utf8') : performancePage(root, []);
  expect(shown).toBe(performancePage(root, folders));
});
