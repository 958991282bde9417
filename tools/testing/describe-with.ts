import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Something that tests need beside Node.js. */
export interface Need {
  /** What it is, and how to get it, for the title of a skipped test: `svn: install the package subversion`. */
  readonly text: string;
  readonly isThere: boolean;
  /** It is not to be had everywhere: tests are skipped without it also with CI=true. */
  readonly isOptional?: boolean;
}

// The PATH of a plain user lacks the folders that daemons are in. Jest gives tests a copy of the environment, so what they
// start finds these programs only when it is given `env: process.env`.
const folders = [...new Set(`${process.env['PATH']}:/usr/local/sbin:/usr/sbin:/sbin`.split(path.delimiter))];
process.env['PATH'] = folders.join(path.delimiter);

/** A program in the PATH. */
export const program = (name: string, debianPackage: string = name): Need => ({
  text: `${name}: install the package ${debianPackage}`,
  isThere: folders.some((folder) => existsSync(path.join(folder, name))),
});

/** A module that Debian's own Python can import: `/usr/bin/python3`, which a Python of another origin may hide. */
export const pythonModule = (name: string, debianPackage: string): Need => ({
  text: `Python's ${name}: install the package ${debianPackage}`,
  isThere: spawnSync('/usr/bin/python3', ['-c', `import ${name}`]).status === 0,
});

/** Some file of the built packages. */
export const built = (file: URL): Need => ({ text: 'the build: npm run build', isThere: existsSync(file) });

/** What is needed and missing, as a title says it; empty when nothing is, or when CI=true demands that it fails. */
const missingOf = (needs: readonly Need[]): string =>
  needs
    .filter(({ isThere, isOptional }) => !isThere && (isOptional === true || process.env['CI'] !== 'true'))
    .map(({ text }) => text)
    .join('; ');

/** `describe`, or a skip whose title says what is missing. With CI=true the tests run, and fail, all the same. */
export function describeWith(needs: readonly Need[], title: string, tests: () => void): void {
  const missing = missingOf(needs);
  if (missing === '') describe(title, tests);
  else describe.skip(`${title} (skipped: needs ${missing})`, tests);
}

/** `test`, or a skip whose title says what is missing. With CI=true the test runs, and fails, all the same. */
export function testWith(
  needs: readonly Need[],
  title: string,
  body: (() => void) | (() => Promise<void>),
  timeoutMs?: number,
): void {
  const missing = missingOf(needs);
  if (missing === '') test(title, body, timeoutMs);
  else test.skip(`${title} (skipped: needs ${missing})`, body);
}
