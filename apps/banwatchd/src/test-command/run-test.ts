import { exitStatus, type Io, packageVersion, writeAll, writeMessage } from '@sluice/command-line';
import { ComponentError } from '@sluice/pipeline';
import { packageJsonUrl } from '../own-files.ts';
import { runCases } from './cases/run-cases.ts';
import { runLogTest } from './run-log-test.ts';
import { refused, TestError } from './test-error.ts';
import { testHelp } from './test-help.ts';
import { readTestOptions, type TestOptions } from './test-options.ts';

const wordsMissing = 'ERROR: provide both <LOG> and <REGEX>.';

async function run(options: TestOptions, io: Io): Promise<number> {
  const { asks, cases, words } = options;
  if (asks === 'help') writeAll(io.stdout, testHelp);
  else if (asks !== undefined) {
    const version = packageVersion(packageJsonUrl);
    writeAll(io.stdout, asks === 'version' ? `banwatch test ${version}\n` : `${version}\n`);
  } else if (cases !== undefined) return runCases(cases, options, io);
  else {
    if (words.length !== 2 && words.length !== 3)
      throw new TestError('ERR_BANWATCH_TEST_USAGE', `${wordsMissing} See banwatch test --help.`, refused);
    return runLogTest(options, io);
  }
  return exitStatus.done;
}

/**
 * `banwatch test`: what `fail2ban-regex` does, and files of cases.
 *
 * @param args what follows the word `test`
 * @returns the exit status: those of `fail2ban-regex` (0 done, 255 refused, 2 no such option); with `--cases` 0 when all
 *   passed, 1 when not, 2 when they could not be run, or not all
 */
export async function runTest(args: readonly string[], io: Io): Promise<number> {
  try {
    return await run(readTestOptions(args), io);
  } catch (error) {
    // Whoever read the output has seen enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return exitStatus.done;
    if (!(error instanceof ComponentError)) throw error;
    const [text, status] =
      error instanceof TestError ? [error.message, error.status] : [`ERROR: ${error.message}`, refused];
    writeMessage(io.stderr, `${text}\n`);
    return status;
  }
}
