// Removes from every `dist` what was compiled from sources that are no longer there.
// Usage: node tools/remove-stale.mjs; prints what it removed.
import { fileURLToPath } from 'node:url';
import { readWorkspace } from './check/workspace.mjs';
import { removeStale } from './run/remove-stale.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = [...readWorkspace(root).projects.values()].map(({ folder }) => folder);
for (const file of removeStale(root, folders)) console.log(`removed ${file}`);
