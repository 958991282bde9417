import path from 'node:path';
import { check } from '../check.ts';

/** Where a remote repository is. */
export interface GitAddress {
  /** Without user and password where Git would send them over http. */
  readonly url: string;
  /** What Git may use to reach it and what that may lead to: `https`, `http:https`, `ssh`, `git`, `file`. */
  readonly protocols: string;
  /** From the address; given to Git apart from it. */
  readonly credentials?: { readonly origin: string; readonly username: string; readonly password: string };
  /** The last part of its path. */
  readonly label: string;
}

const protocols: ReadonlyMap<string, string> = new Map([
  ['https:', 'https'],
  ['http:', 'http:https'],
  ['ssh:', 'ssh'],
  ['git:', 'git'],
  ['file:', 'file'],
]);
const expected = 'a path, or an address of https, http, ssh, git or file';

/**
 * What an address means; undefined for a path of this machine, by Git's own rule: `host:path` with no slash before the
 * colon is an address. Throws for what would make Git run a program that the address names (`ext::`, a host that is an
 * option), and for protocols that are not known.
 */
export function parseGitAddress(repository: string): GitAddress | undefined {
  if (/^[\w+.-]+:\/\//.test(repository)) return parseUrl(repository);
  if (/^[\w+.-]+::/.test(repository)) throw check.bad('repository', expected, shown(repository));
  const [, host, folder] = /^([^/:]*\[[^\]/]*\]|[^/:]+):(.*)$/s.exec(repository) ?? [];
  if (host === undefined || folder === undefined) return undefined;
  const isSafe = !/^-|@-/.test(host) && !folder.startsWith('-') && folder !== '';
  if (!isSafe || hasControls(repository)) throw check.bad('repository', expected, shown(repository));
  return { url: repository, protocols: 'ssh', label: labelOf(folder) };
}

function parseUrl(address: string): GitAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const allowed = protocols.get(url?.protocol ?? '');
  if (url === undefined || allowed === undefined || hasControls(address)) {
    throw check.bad('repository', expected, shown(address));
  }
  const [host, username, password] = [url.hostname, url.username, url.password].map(decoded) as [
    string,
    string,
    string,
  ];
  if (/^-/.test(host) || /^-/.test(username) || hasControls(username + password)) {
    throw check.bad('repository', expected, shown(address));
  }
  const label = labelOf(decoded(url.pathname));
  if (username === '' && password === '') return { url: address, protocols: allowed, label };
  if (!allowed.startsWith('http')) {
    if (password !== '') throw check.bad('repository', 'an address without a password', shown(address));
    return { url: address, protocols: allowed, label };
  }
  [url.username, url.password] = ['', ''];
  return { url: url.href, protocols: allowed, credentials: { origin: url.origin, username, password }, label };
}

const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded: it means itself.
    return text;
  }
}

/** Who sees a message shall not see a password. */
const shown = (address: string): string => address.replace(/\/\/[^/]*@/, '//…@').slice(0, 200);

/** `sluice` for `/home/me/sluice.git/` and `/home/me/sluice/.git`. */
export const labelOf = (folder: string): string =>
  path.posix.basename(folder.replace(/\/+$/, '').replace(/\/?\.git$/, '')) || folder;
