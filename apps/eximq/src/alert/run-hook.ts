import { spawn } from 'node:child_process';
import { reasonOf } from '@sluice/command-line';
import { EximqError } from '../eximq-error.ts';

const hookError = (file: string, fault: string, cause?: unknown): EximqError =>
  new EximqError('ERR_EXIMQ_HOOK', `the hook ${file} ${fault}`, {
    cure: 'the alert was not passed on; mend the hook',
    cause,
  });

/**
 * Runs a program without arguments and without a shell, with a text on its input; what it prints goes to standard error.
 *
 * @throws EximqError `ERR_EXIMQ_HOOK`: it could not be run, failed, or took too long and was killed
 */
export function runHook(file: string, text: string, timeoutMs: number, stderr: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [], { stdio: ['pipe', stderr, stderr], shell: false });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(hookError(file, `cannot be run: ${reasonOf(error)}`, error));
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(hookError(file, isLate ? `took longer than ${timeoutMs} ms` : `ended with ${code ?? signal}`));
    });
    // A hook need not read what it is told.
    child.stdin?.on('error', () => {}).end(text);
  });
}
