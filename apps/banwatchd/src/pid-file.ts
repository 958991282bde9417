import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '@sluice/command-line';
import { BanwatchdError } from './banwatchd-error.ts';

/**
 * Writes the process id into a file.
 *
 * @returns a function that removes it again, unless another process has written its own meanwhile
 * @throws BanwatchdError `ERR_BANWATCHD_PID_FILE`
 */
export function writePidFile(file: string): () => void {
  const text = `${process.pid}\n`;
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o644 });
  } catch (cause) {
    throw new BanwatchdError('ERR_BANWATCHD_PID_FILE', `the pid file ${file} cannot be written: ${reasonOf(cause)}`, {
      cause,
      cure: 'run as root, or choose another path with --pid-file',
    });
  }
  return () => {
    try {
      if (readFileSync(file, 'utf8') === text) rmSync(file);
    } catch {
      // It has gone already.
    }
  };
}
