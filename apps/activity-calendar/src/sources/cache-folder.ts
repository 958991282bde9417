import { homedir } from 'node:os';
import path from 'node:path';

/** Where copies of remote repositories are kept: below XDG_CACHE_HOME (XDG Base Directory Specification). */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return path.join(base?.startsWith('/') === true ? base : path.join(homedir(), '.cache'), 'activity-calendar');
}
