import { exitStatusOf, Messages, stopOnSignals, writeAll, writeMessage } from '@sluice/command-line';
import { banwatch } from './client/banwatch.ts';

const stop = stopOnSignals(255);
const io = { stdout: 1, stderr: 2, env: process.env, stop };

/** Verbs of our own are loaded when they are asked for, so that the others start quickly. */
async function run([verb = '', ...rest]: readonly string[]): Promise<number> {
  if (verb === 'test') {
    const { runTest } = await import('./test-command/index.ts');
    return runTest(rest, io);
  }
  if (verb === 'import') {
    const { runImport } = await import('./import/index.ts');
    return runImport(rest, io);
  }
  const client = {
    stdout: (text: string) => writeAll(io.stdout, text),
    stderr: (text: string) => writeMessage(io.stderr, text),
    stdin: process.stdin,
    env: io.env,
    signal: stop.signal,
  };
  if (verb === 'completion') {
    const { completion } = await import('./client/completion.ts');
    return completion(rest, client);
  }
  return banwatch(process.argv.slice(2), client);
}

const messages = new Messages('banwatch', io.stderr);
void exitStatusOf(messages, () => run(process.argv.slice(2))).then((status) => process.exit(status));
