import { pythonRepr } from '@sluice/fail2ban-config';
import type { Json } from '../control/json.ts';
import type { Session } from './session.ts';
import { prettyText } from './text/pretty-text.ts';

/** `-d` and `--dp`: prints the commands that the configuration comes to, as `fail2ban-client` does. */
export async function dumpConfig({ args, io }: Session): Promise<void> {
  const { commandStreamOf, loadConfig } = await import('@sluice/fail2ban-config/loader');
  const write = (command: readonly Json[]): string => {
    if (args.isJson) return JSON.stringify(command);
    return args.dump === 'pretty' ? prettyText(command) : pythonRepr(command);
  };
  const lines = commandStreamOf(loadConfig(args.conf)).map((command) => `${write(command)}\n`);
  io.stdout(lines.join(''));
}
