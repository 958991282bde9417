import type { Command } from '@sluice/pipeline/node';
import type { GitAddress } from './git-address.ts';
import { gitCommand } from './git-command.ts';

const [username, password] = ['SLUICE_GIT_USERNAME', 'SLUICE_GIT_PASSWORD'];
/** Prints what is in the environment: no data is part of this line, and none is seen in a list of processes. */
const helper = `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$${username}" "$${password}"; }; f`;

/** Less than a byte a second for a minute is a server that has gone away. */
const patience = ['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=60'];
const ssh = 'ssh -o BatchMode=yes -o ConnectTimeout=30 -o ServerAliveInterval=20';

/** Git with the network that this address needs and no other, which never asks anybody anything. */
export function remoteCommand(address: GitAddress, directory: string, args: readonly string[]): Command {
  const { credentials, protocols } = address;
  const { GIT_SSH_COMMAND, GIT_SSH } = process.env;
  const isOwnSsh = GIT_SSH_COMMAND !== undefined || GIT_SSH !== undefined;
  // Only this server is given them: a redirect to another one is not followed with our password.
  const answers =
    credentials === undefined
      ? []
      : ['-c', 'credential.helper=', '-c', `credential.${credentials.origin}.helper=${helper}`];
  return gitCommand(directory, [...patience, ...answers, ...args], {
    env: {
      GIT_NO_LAZY_FETCH: undefined,
      GIT_ALLOW_PROTOCOL: protocols,
      // Each answers every question with an empty line.
      GIT_ASKPASS: 'true',
      SSH_ASKPASS: 'true',
      SSH_ASKPASS_REQUIRE: 'never',
      GCM_INTERACTIVE: 'never',
      ...(isOwnSsh ? {} : { GIT_SSH_COMMAND: ssh }),
      ...(credentials === undefined ? {} : { [username]: credentials.username, [password]: credentials.password }),
    },
  });
}
