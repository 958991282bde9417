import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from '../../../../tools/testing/describe-with.ts';
import { freePort } from '../../../../tools/testing/free-port.ts';
import { needsSvn } from './svn-repository.ts';

export const needsSvnserve = [...needsSvn, program('svnserve', 'subversion')];

export interface SvnServer {
  /** `svn://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the repository in a folder on loopback. */
export async function svnServer(folder: string, wanted?: number): Promise<SvnServer> {
  const port = wanted ?? (await freePort());
  const args = ['-d', '--foreground', '--listen-host', '127.0.0.1', '--listen-port', String(port), '-r', folder];
  const child = spawn('svnserve', args, { env: process.env, stdio: 'ignore' });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  while (!(await answers(port))) await sleep(20);
  return {
    url: `svn://127.0.0.1:${port}`,
    port,
    close: () => {
      child.kill('SIGKILL');
      return closed;
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
