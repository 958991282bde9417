import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Debian's package crowdsec has its lists: installed, or unpacked by `tools/setup-system.sh --peers`. */
const folders = [
  fileURLToPath(new URL('../../../../.cache/crowdsec/usr/share/crowdsec/data', import.meta.url)),
  '/usr/share/crowdsec/data',
];

/**
 * Lines of a list that are neither empty nor a comment; none where there is no such list.
 *
 * @param {string} name
 */
export function dataList(name) {
  const file = folders.map((folder) => path.join(folder, name)).find(existsSync);
  if (file === undefined) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
