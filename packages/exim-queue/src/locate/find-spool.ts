import path from 'node:path';
import { askSettings } from '../exim/ask-settings.ts';
import type { OpenOptions } from '../options.ts';
import type { QueuePlace } from '../queue-place.ts';

/** Where Debian's Exim has its spool. */
const debianSpool = '/var/spool/exim4';

/** The place's spool: the caller's, or what Exim tells, or Debian's. */
export async function findSpool(
  { spool, signal }: Pick<OpenOptions, 'spool' | 'signal'>,
  place: Pick<QueuePlace, 'exim' | 'config'>,
): Promise<Pick<QueuePlace, 'spoolDirectory' | 'spoolFrom'>> {
  if (spool !== undefined) return { spoolDirectory: path.resolve(spool), spoolFrom: 'option' };
  if (place.exim === undefined) return { spoolDirectory: debianSpool, spoolFrom: 'default' };
  const { spoolDirectory } = await askSettings(place, signal);
  return { spoolDirectory: path.resolve(spoolDirectory), spoolFrom: 'exim' };
}
