import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Within the workspace, so that native dependencies are found from there. */
const folder = path.join(import.meta.dirname, `../../node_modules/.cache/sluice-tests-${process.pid}-${Date.now()}`);
const modules = new Map<string, Promise<URL>>();

afterAll(() => {
  modules.clear();
  rmSync(folder, { recursive: true, force: true });
});

async function bundle(module: URL): Promise<URL> {
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `${modules.size}-${path.basename(module.pathname, '.ts')}.mjs`);
  await build({
    entryPoints: [fileURLToPath(module)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@sluice/source'],
    external: ['koffi'],
    logLevel: 'silent',
  });
  return pathToFileURL(outfile);
}

/**
 * A module and all that it imports as one file of JavaScript, for a child process that shall start quickly, or under an
 * account that cannot load what understands TypeScript. Gone when the file's tests have run.
 */
export function bundledModule(module: URL): Promise<URL> {
  const file = modules.get(module.href) ?? bundle(module);
  modules.set(module.href, file);
  return file;
}
