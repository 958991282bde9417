// Bundles the apps that ask for it in their package.json, or the one in the present folder.
// Usage: node tools/bundle-apps.mjs [FOLDER…]
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleApp, wantsBundle } from './bundle/bundle-app.mjs';

const apps = fileURLToPath(new URL('../apps/', import.meta.url));
const given = process.argv.slice(2).map((folder) => path.resolve(folder));
for (const folder of given.length > 0 ? given : (await readdir(apps)).map((name) => path.join(apps, name))) {
  if (await wantsBundle(folder)) await bundleApp(folder);
}
