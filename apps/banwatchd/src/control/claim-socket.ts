import { mkdirSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { reasonOf } from '@sluice/command-line';
import { BanwatchdError } from '../banwatchd-error.ts';

/** Longest path of a UNIX socket on Linux, without the zero at its end. */
const maxPathBytes = 107;

/**
 * Makes way for a socket: its folder is made, with access for its owner only, and nobody answers on it. What a dead daemon
 * left is there to be replaced.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_RUNNING` when somebody answers there, `ERR_BANWATCHD_SOCKET` when it cannot be used
 */
export async function claimSocket(file: string): Promise<void> {
  const refuse = (fault: string, cure: string, cause?: unknown): BanwatchdError =>
    new BanwatchdError('ERR_BANWATCHD_SOCKET', `the socket ${file} ${fault}`, { cure, cause, value: file });
  if (Buffer.byteLength(file) > maxPathBytes)
    throw refuse(`has a path of more than ${maxPathBytes} bytes`, 'choose a shorter one with --socket');
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
    const there = statSync(file, { throwIfNoEntry: false });
    if (there === undefined) return;
    if (!there.isSocket()) throw refuse('is a file of another kind', 'remove it, or choose another path with --socket');
    if (await answers(file))
      throw new BanwatchdError('ERR_BANWATCHD_RUNNING', `a daemon is running already: it answers on ${file}`, {
        cure: 'stop it, or choose another path with --socket',
        value: file,
      });
  } catch (error) {
    if (error instanceof BanwatchdError) throw error;
    throw refuse(`cannot be made: ${reasonOf(error)}`, 'run as root, or choose another path with --socket', error);
  }
}

const answers = (file: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ path: file });
    const settle = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => settle(true));
    // Refused: nobody listens. Anything else (no permission, a full backlog) is not to be overrun.
    socket.once('error', ({ code }: NodeJS.ErrnoException) => settle(code !== 'ECONNREFUSED' && code !== 'ENOENT'));
  });
