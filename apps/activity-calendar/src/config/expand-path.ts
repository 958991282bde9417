import { homedir } from 'node:os';
import path from 'node:path';

/** Whether it names a repository elsewhere: `https://…`, or `host:path` as Git reads it, with no slash before the colon. */
export const isAddress = (text: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(text) || /^[^/\\:]{2,}:/.test(text);

/** A path as a configuration file has it: relative to the folder, `~` being the home folder. */
export function expandPath(text: string, folder: string): string {
  const isHome = text === '~' || text.startsWith('~/');
  return path.resolve(folder, isHome ? path.join(homedir(), text.slice(1)) : text);
}
