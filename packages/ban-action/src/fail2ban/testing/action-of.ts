import { type ActionConfig, memoryFiles, readAction } from '@sluice/fail2ban-config';
import type { CommandRunner } from '../../commands/command-runner.ts';
import { type Fail2banAction, fail2banAction } from '../fail2ban-action.ts';
import type { Fail2banActionOptions } from '../options.ts';

/** Does not tell the families apart. */
export const onePart = `[Definition]
actionstart = start
actionstop = stop
actioncheck = check
actionban = ban <ip>
actionunban = unban <ip>
`;
/** Tells the families apart by `<set>`. */
export const twoParts = `${onePart.replaceAll(/(start|stop|check)$/gm, '$1 <set>')}
[Init]
set = four
[Init?family=inet6]
set = six
`;

/** An action as its file says it, for the jail sshd. */
export const actionOf = (text: string): ActionConfig =>
  readAction(memoryFiles({ '/etc/fail2ban/action.d/test.conf': text }), '/etc/fail2ban', 'test', { jail: 'sshd' });

export const backendOf = (
  text: string,
  runner: CommandRunner,
  options: Partial<Fail2banActionOptions> = {},
): Fail2banAction => fail2banAction(actionOf(text), { jail: 'sshd', runner, ...options });
