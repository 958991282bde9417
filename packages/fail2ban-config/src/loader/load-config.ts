import type { ActionConfig } from '../definitions/action-config.ts';
import type { FilterConfig } from '../definitions/filter-config.ts';
import { type ReadActionOptions, readAction } from '../definitions/read-action.ts';
import { readFilter } from '../definitions/read-filter.ts';
import type { Fail2banConfig } from '../jails/jail-config.ts';
import { type ReadConfigOptions, readConfig } from '../jails/read-config.ts';
import { nodeConfigFiles } from './node-config-files.ts';
import { rememberFolders } from './remember-folders.ts';

const DEFAULT_DIR = '/etc/fail2ban';

/** Where filters and actions are looked for. */
export interface LoadOptions {
  /** The folder that holds filter.d and action.d. Default `/etc/fail2ban`. */
  readonly configDir?: string;
}

/**
 * Reads a fail2ban configuration from disk, as {@link readConfig} does.
 * @param dir default `/etc/fail2ban`
 */
export const loadConfig = (dir: string = DEFAULT_DIR, options: ReadConfigOptions = {}): Fail2banConfig =>
  readConfig(rememberFolders(nodeConfigFiles), dir, options);

/**
 * Reads one filter from disk.
 * @param name `sshd`, or with options `sshd[mode=aggressive]`
 * @throws Fail2banConfigError with file, line and cure
 */
export const loadFilterConfig = (name: string, { configDir = DEFAULT_DIR }: LoadOptions = {}): FilterConfig =>
  readFilter(rememberFolders(nodeConfigFiles), configDir, name);

/**
 * Reads one action from disk.
 * @param spec `iptables`, or with options `iptables[name=sshd, port=ssh]`
 * @throws Fail2banConfigError with file, line and cure
 */
export const loadActionConfig = (
  spec: string,
  { configDir = DEFAULT_DIR, ...options }: LoadOptions & ReadActionOptions = {},
): ActionConfig => readAction(rememberFolders(nodeConfigFiles), configDir, spec, options);
