import { bundleApp } from './bundle/bundle-app.mjs';

/**
 * Jest's `globalSetup` for apps that have a bundle: tests start the program as users do, and what they start is made of the
 * present sources.
 *
 * @param {unknown} _
 * @param {{ rootDir: string }} project
 */
export default async function bundle(_, { rootDir }) {
  await bundleApp(rootDir);
}
