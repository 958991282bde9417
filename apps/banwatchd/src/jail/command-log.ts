import { randomBytes } from 'node:crypto';
import type { Fail2banActionOptions } from '@sluice/ban-action';
import { pythonRepr } from '@sluice/fail2ban-config';
import type { Logger } from '../log/fail2ban-log.ts';

type OnFailed = NonNullable<Fail2banActionOptions['onFailed']>;

const maxLines = 20;

/**
 * Writes a command that did not end well as fail2ban does: what was run, what it said, how it ended; each line with the
 * same id.
 */
export const logFailedCommand =
  (log: Logger): OnFailed =>
  ({ command: { script, values }, result }) => {
    const id = randomBytes(6).toString('hex');
    log.error(`${id} -- exec: ${values.length === 0 ? script : pythonRepr([script, ...values])}`);
    for (const [name, text] of [
      ['stdout', result.stdout],
      ['stderr', result.stderr],
    ] as const)
      for (const line of text.split('\n').slice(0, maxLines))
        if (line !== '') log.error(`${id} -- ${name}: ${pythonRepr(line)}`);
    if (result.timedOut) log.error(`${id} -- timed out`);
    else if (result.exitCode === undefined) log.error(`${id} -- killed with ${result.signal ?? 'a signal'}`);
    else log.error(`${id} -- returned ${result.exitCode}`);
  };
