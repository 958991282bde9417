import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { check } from '../check.ts';

const expected = 'a folder, or an address of file, svn, svn+ssh, http or https';
const schemes: ReadonlySet<string> = new Set(['file:', 'svn:', 'svn+ssh:', 'http:', 'https:']);

/**
 * The address as Subversion gets it; undefined for a path of this machine. Throws for tunnels (`svn+x://`) other than
 * ssh, each of which runs a program, and for what could be taken for an option.
 */
export function parseSvnAddress(address: string): string | undefined {
  if (address.startsWith('-')) throw check.bad('url', expected, address.slice(0, 100));
  if (!/^[a-z][\w+.-]*:\/\//i.test(address)) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const parts = [url?.hostname ?? '', url?.username ?? ''].map(decoded);
  const isSafe = !hasControls(address) && !parts.some((part) => part.startsWith('-') || hasControls(part));
  if (url === undefined || !schemes.has(url.protocol) || !isSafe) throw check.bad('url', expected, shown(address));
  // It would stand in the list of processes, and Subversion does not take it from there.
  if (url.password !== '') throw check.bad('url', 'an address without a password', shown(address));
  return address;
}

/** Address of a repository's folder, percent-encoded. */
export const fileAddress = (folder: string): string => pathToFileURL(folder).href;

/** The address as an argument: an `@` in it begins no peg revision, as it ends in one that names none. */
export function targetOf(address: string): string {
  const plain = address.replace(/\/+$/, '');
  // An @ right behind the host would end a user's name.
  return /^[a-z][\w+.-]*:\/\/[^/]*$/i.test(plain) ? `${plain}/@` : `${plain}@`;
}

/** The address above and the last part; undefined when nothing is above. */
export function parentOf(address: string): readonly [parent: string | undefined, name: string] {
  const [, parent, name = ''] = /^([a-z][\w+.-]*:\/\/[^/]*(?:\/.*)?)\/([^/]+)\/*$/is.exec(address) ?? [];
  return [parent, name];
}

/** Without the user's name, for messages. */
export const shown = (address: string): string => address.replace(/:\/\/[^/]*@/, '://').slice(0, 300);

/** The last part of an address or path. */
export const labelOf = (address: string): string =>
  decoded(path.posix.basename(shown(address).replace(/\/+$/, ''))) || address;

const hasControls = (text: string): boolean => /\p{Cc}/u.test(text);

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoded: it means itself.
    return text;
  }
}
