import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { compileFilter } from './compile-filter.ts';
import type { Fail2banFilter } from './fail2ban-filter.ts';
import type { FilterOptions } from './options.ts';

export interface LoadFilterOptions extends FilterOptions {
  /** fail2ban's configuration folder. Default `/etc/fail2ban`. */
  readonly configDir?: string;
}

/**
 * Reads `filter.d/NAME.conf` with all it includes, and compiles it.
 *
 * @param name as a jail's `filter` option writes it: `sshd`, `sshd[mode=aggressive]`
 *
 * Throws a Fail2banConfigError for a file that cannot be read or understood, and whatever {@link compileFilter} throws.
 */
export function loadFilter(name: string, options: LoadFilterOptions = {}): Fail2banFilter {
  const { configDir = '/etc/fail2ban', ...filterOptions } = options;
  return compileFilter(loadFilterConfig(name, { configDir }), filterOptions);
}
