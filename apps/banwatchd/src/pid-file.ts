import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '@sluice/command-line';
import { BanwatchdError } from './banwatchd-error.ts';

/** Programs whose pid file is theirs while they live; another one has only got the number of a dead one. */
const daemons = /^(?:banwatchd(?:\.cjs)?|fail2ban-server)$/;

/**
 * Sees that a pid file names no other daemon that lives.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_RUNNING`
 */
export function claimPidFile(file: string): void {
  const pid = pidIn(file);
  if (pid === undefined || pid === process.pid || !isDaemon(pid)) return;
  throw new BanwatchdError('ERR_BANWATCHD_RUNNING', `the pid file ${file} names a daemon that runs, process ${pid}`, {
    cure: 'stop it, or choose another path with --pid-file',
    value: file,
  });
}

/**
 * Writes the process id into a file.
 *
 * @returns a function that removes it again, unless another process has written its own meanwhile
 * @throws BanwatchdError `ERR_BANWATCHD_PID_FILE`; as {@link claimPidFile}
 */
export function writePidFile(file: string): () => void {
  claimPidFile(file);
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
    if (textOf(file) === text) rmSync(file, { force: true });
  };
}

/** `''` where there is none that can be read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function pidIn(file: string): number | undefined {
  const text = textOf(file).trim();
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** Where the system does not say what a process runs, one that lives is taken for a daemon. */
function isDaemon(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const commandLine = textOf(`/proc/${pid}/cmdline`);
  const words = commandLine.split('\0').filter((word) => !word.startsWith('-'));
  const isOne = words.slice(0, 2).some((word) => daemons.test(path.basename(word)));
  return commandLine === '' ? textOf('/proc/self/cmdline') === '' : isOne;
}
