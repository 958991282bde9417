import path from 'node:path';
import { check } from '../check.ts';
import { checkReadOptions } from '../read-options-check.ts';
import { VcsEventsError } from '../vcs-events-error.ts';
import { nodesOfCursor } from './cursor.ts';
import type { HgOptions } from './options.ts';

/** The absolute folder; throws `ERR_VCS_EVENTS_OPTION` for an address, or an option that does not fit. */
export function checkHgOptions(repository: string, options: HgOptions): string {
  check.text('repository', repository);
  checkReadOptions(options, 'hg');
  nodesOfCursor(options.cursor);
  const [, scheme] = /^([a-z][\w+.-]*):\/\//i.exec(repository) ?? [];
  // The address itself may hold a password.
  if (scheme !== undefined) {
    const fault = `repository must be a folder of this machine, not an address that begins with ${scheme}://`;
    throw new VcsEventsError('ERR_VCS_EVENTS_OPTION', fault, {
      cure: 'hg clone -U it into a folder, and hg pull there before each reading',
    });
  }
  return path.resolve(repository);
}
