import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseTimeMs } from '@sluice/fail2ban-config';
import { daemonProgram } from './daemon-program.ts';
import { launchDaemon } from './launch-daemon.ts';
import { execute, isRunning, printValue, type Session } from './session.ts';

const pingMs = 500;
const pollMs = 50;

function daemonArguments({ args }: Session): string[] {
  const { conf, socket, pidfile, loglevel, logtarget, syslogsocket, state, isForced } = args;
  const given = Object.entries({ loglevel, logtarget, syslogsocket, state });
  return [
    ...['--config', conf, '--socket', socket, '--pid-file', pidfile],
    ...given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(isForced ? ['--force'] : []),
  ];
}

/** `start`: the daemon in the background, or with `-f` in place of the client. @returns whether it is ready */
export async function start(session: Session): Promise<boolean> {
  const { args, log } = session;
  if (await isRunning(session, pingMs)) {
    log.error('Server already running');
    return false;
  }
  const argv = [daemonProgram(), ...daemonArguments(session)];
  if (args.isForeground) return runInForeground(session, argv);
  const outcome = await launchDaemon([...argv, '--foreground'], parseTimeMs(args.timeout));
  if (!outcome.isReady) {
    log.error(`Could not start server: ${outcome.reason}`);
    return false;
  }
  for (const note of outcome.notes) log.error(note);
  printValue(session, ['server-status'], 'Server ready');
  return true;
}

async function runInForeground({ io }: Session, argv: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [...argv, '--foreground'], { stdio: 'inherit' });
  const end = (): boolean => child.kill('SIGTERM');
  io.signal.addEventListener('abort', end, { once: true });
  const [status] = (await once(child, 'exit')) as [number | null];
  io.signal.removeEventListener('abort', end);
  return status === 0;
}

/** `restart`: ends the daemon, waits until it has gone, starts it. */
export async function restart(session: Session): Promise<boolean> {
  await execute(session, ['stop']);
  const endMs = performance.now() + parseTimeMs(session.args.timeout);
  while (await isRunning(session, pingMs)) {
    if (performance.now() > endMs) {
      session.log.error('Could not stop server');
      return false;
    }
    await sleep(pollMs);
  }
  return start(session);
}
