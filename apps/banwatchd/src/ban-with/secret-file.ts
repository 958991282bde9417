import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const maxBytes = 65_536;
const credential = 'credential:';

/** The file that is meant: an absolute path, or `credential:NAME` for one that the service manager hands over. */
function pathOf(written: string, credentialsDir: string | undefined): string {
  if (!written.startsWith(credential)) {
    if (path.isAbsolute(written)) return written;
    throw new Error('expected an absolute path, or credential:NAME');
  }
  const name = written.slice(credential.length);
  if (!/^[\w.-]+$/.test(name) || /^\.+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no credential's name`);
  if (credentialsDir === undefined) throw new Error('there are no credentials: LoadCredential= in the unit makes them');
  return path.join(credentialsDir, name);
}

/**
 * Reads a secret.
 *
 * @param written absolute path, or `credential:NAME` (systemd's LoadCredential=)
 * @throws Error in words for people, also where everybody may read the file
 */
export function readSecretFile(
  written: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const file = pathOf(written, env['CREDENTIALS_DIRECTORY']);
  const { mode, size } = statSync(file);
  if ((mode & 0o004) !== 0) throw new Error(`everybody may read ${file}: chmod o-rwx it`);
  if (size > maxBytes) throw new Error(`${file} has more than ${maxBytes} bytes`);
  return readFileSync(file, 'utf8').trim();
}

/** `Name: value`, one a line. @throws Error that names the line, and not the value */
export function parseHeaders(text: string): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`line ${at + 1} is no header: write Name: value`);
    headers.set(name, value);
  }
  return Object.fromEntries(headers);
}
