import { fileURLToPath } from 'node:url';

const reporter = fileURLToPath(new URL('../jest-summary-reporter.mjs', import.meta.url));

/**
 * The one Jest for all projects, as a command. It needs the kernels' wasm and, for the pack test, a build; it writes its
 * counts to the file that the variable of test-counts.mjs names.
 *
 * @param {readonly string[]} given further arguments, such as the paths of the tests to run
 * @returns {[program: string, ...given: string[]]}
 */
export const jestCommand = (given = []) => [
  'node',
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
  // Before the reporters: Jest takes every word after `--reporters` for one.
  ...given,
  '--reporters=default',
  `--reporters=${reporter}`,
];
