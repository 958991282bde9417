import { setFlagsFromString } from 'node:v8';
import { packageVersion } from '@sluice/command-line';
import { pythonRepr } from '@sluice/fail2ban-config';
import { packageJsonUrl } from '../own-files.ts';
import type { ClientIo } from './client-io.ts';
import { clientLog } from './client-log.ts';
import { usageText } from './help/usage-text.ts';
import { printSeconds } from './print-seconds.ts';
import { type ClientArguments, readArguments, UnknownOption } from './read-arguments.ts';
import { runWords } from './run-words.ts';
import { clientStatus, type Session } from './session.ts';

const statusOf = (isDone: boolean): number => (isDone ? clientStatus.done : clientStatus.failed);

/**
 * The program `banwatch`: `fail2ban-client`'s command line, texts and exit statuses, on our socket.
 *
 * @param argv what follows the program's name
 * @returns the exit status: 0 done, 255 not
 */
export async function banwatch(argv: readonly string[], io: ClientIo): Promise<number> {
  let args: ClientArguments;
  try {
    args = readArguments(argv);
  } catch (error) {
    if (!(error instanceof UnknownOption)) throw error;
    io.stdout(usageText());
    io.stderr(`banwatch: ${error.message}\n`);
    return clientStatus.failed;
  }
  if (args.instead !== undefined) return statusOf(printInstead(args.instead, io));
  const session: Session = { args, io, log: clientLog(args.verbosity, io.stderr) };
  try {
    return await Promise.race([run(session), interrupted(session)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return clientStatus.done;
    session.log.error((error as Error).message);
    return clientStatus.failed;
  }
}

/** Whoever interrupts does not wait for the answer. A daemon in the foreground is ended first. */
function interrupted({ args, io }: Session): Promise<number> {
  return new Promise((resolve) => {
    const end = (): void => resolve(clientStatus.failed);
    if (!args.isForeground) io.signal.addEventListener('abort', end, { once: true });
  });
}

function printInstead({ what, text }: NonNullable<ClientArguments['instead']>, io: ClientIo): boolean {
  switch (what) {
    case 'help':
      io.stdout(usageText());
      return true;
    case 'str2sec':
      return printSeconds(text, io);
    case 'version':
    case 'short-version': {
      const version = packageVersion(packageJsonUrl);
      io.stdout(what === 'version' ? `banwatch v${version}\n` : `${version}\n`);
      return true;
    }
  }
}

async function run(session: Session): Promise<number> {
  const { args, io } = session;
  const { command } = args;
  // Reading a configuration once is over before optimized code would pay: a third of the CPU time goes into making it.
  if (args.dump !== undefined || args.isTest) setFlagsFromString('--no-opt');
  if (args.dump !== undefined) {
    const { dumpConfig } = await import('./dump-config.ts');
    const isThere = await dumpConfig(session);
    if (!args.isTest || !isThere) return statusOf(isThere);
  }
  if (args.isTest) {
    const { testConfig } = await import('./test-config.ts');
    if (!testConfig(session)) return clientStatus.failed;
    if (command.length === 0 && !args.isInteractive) {
      if (!args.isJson) io.stdout('OK: configuration test is successful\n');
      return clientStatus.done;
    }
  }
  if (args.isInteractive) {
    const { interactive } = await import('./interactive.ts');
    if (command.length > 0 && !(await runWords(session, command))) return clientStatus.failed;
    await interactive(session);
    return clientStatus.done;
  }
  if (command.length === 0) {
    io.stdout(usageText());
    return clientStatus.failed;
  }
  session.log.debug(`${pythonRepr(command)} to ${args.socket}`);
  return statusOf(await runWords(session, command));
}
