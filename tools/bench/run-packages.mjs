import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runBench } from './run-bench.mjs';

/** @typedef {import('./types.d.ts').Result} Result */
/** @typedef {import('./find-benches.mjs').BenchedPackage} BenchedPackage */

/**
 * Runs one bench file; a failure is said and counted.
 *
 * @param {string} file
 * @param {Parameters<typeof runBench>[1]} options
 * @returns {Promise<number>} failures
 */
async function runFile(file, options) {
  try {
    const { default: bench } = await import(pathToFileURL(file).href);
    return await runBench(bench, options);
  } catch (error) {
    options.note(`${options.package}: ${path.basename(file)} failed: ${error instanceof Error ? error.stack : error}`);
    return 1;
  }
}

/**
 * Runs all benches of some packages, one after the other.
 *
 * @param {string} root
 * @param {readonly BenchedPackage[]} packages
 * @param {Omit<Parameters<typeof runBench>[1], 'package' | 'cache'>} options
 * @returns {AsyncGenerator<{ folder: string, results: readonly Result[], failed: number }>} one item per package
 */
export async function* runPackages(root, packages, options) {
  const cache = path.join(root, '.cache/bench');
  mkdirSync(cache, { recursive: true });
  for (const { name, folder, files } of packages) {
    /** @type {Result[]} */
    const results = [];
    let failed = 0;
    const onResult = (/** @type {Result} */ result) => {
      results.push(result);
      options.onResult(result);
    };
    for (const file of files)
      failed += await runFile(path.join(root, file), { ...options, package: name, cache, onResult });
    yield { folder, results, failed };
  }
}
