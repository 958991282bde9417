import { existsSync } from 'node:fs';
import { pythonRepr } from '@sluice/fail2ban-config';
import type { Json } from '../control/json.ts';
import type { Session } from './session.ts';
import { prettyText } from './text/pretty-text.ts';

/**
 * `-d` and `--dp`: prints the commands that the configuration comes to, as `fail2ban-client` does.
 *
 * @returns whether there is a configuration
 */
export async function dumpConfig({ args, io, log }: Session): Promise<boolean> {
  const { commandStreamOf, loadConfig } = await import('@sluice/fail2ban-config/loader');
  const write = (command: readonly Json[]): string => {
    if (args.isJson) return JSON.stringify(command);
    return args.dump === 'pretty' ? prettyText(command) : pythonRepr(command);
  };
  if (!existsSync(args.conf)) {
    log.error(`there is no folder ${args.conf}; name the one that holds jail.conf with --conf`);
    return false;
  }
  const lines = commandStreamOf(loadConfig(args.conf)).map((command) => `${write(command)}\n`);
  io.stdout(lines.join(''));
  return true;
}
