import { isQueueName } from '../act/is-queue-name.ts';
import { option } from '../option-check.ts';
import type { OpenOptions } from '../options.ts';
import { Reports } from '../reports.ts';

const queueName = "'' for the main queue, '*' for all, or a name without '/' that does not begin with '.', '-' or '*'";

/**
 * Checks the options of `openQueue` and `locateQueue`.
 *
 * @throws {EximQueueError} `OPTION`
 */
export function checkOpenOptions(options: OpenOptions): void {
  const { spool, exim, config, queue = '' } = options;
  if (spool !== undefined) option.text('spool', spool, 'a path');
  if (exim !== undefined) option.text('exim', exim, "Exim's path or name");
  if (config !== undefined) option.text('config', config, 'a path');
  if (queue !== '' && queue !== '*' && !isQueueName(queue)) throw option.bad('queue', queueName, queue);
  option.flag('aside', options.aside);
  option.word('backend', options.backend, 'auto', ['auto', 'spool', 'exim']);
  option.signal(options.signal);
  // It checks what it is given.
  new Reports(options);
}
