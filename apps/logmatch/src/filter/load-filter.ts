import path from 'node:path';
import { type ConfigFiles, type FilterConfig, parseOptionList, readFilter } from '@sluice/fail2ban-config';
import { loadFilterConfig, nodeConfigFiles } from '@sluice/fail2ban-config/loader';

/** fail2ban's folder of filters. */
const filterFolder = 'filter.d';

/** Files as if a folder were the `filter.d` of the one above it. */
function filesOf(folder: string): ConfigFiles {
  const prefix = path.join(folder, filterFolder);
  const real = (asked: string): string =>
    asked === prefix || asked.startsWith(`${prefix}/`) ? path.join(folder, asked.slice(prefix.length)) : asked;
  return {
    read: (file) => nodeConfigFiles.read(real(file)),
    list: (dir) => nodeConfigFiles.list(real(dir)),
  };
}

/**
 * Reads a fail2ban filter with its options, such as `sshd[mode=aggressive]`.
 *
 * @param spec name of a filter in `configDir`, or the path of a file: what has a slash, or ends in `.conf` or `.local`
 * @throws Fail2banConfigError with file, line and cure
 */
export function loadFilter(spec: string, configDir: string): FilterConfig {
  const { name } = parseOptionList(spec);
  if (!/\/|\.(?:conf|local)$/.test(name)) return loadFilterConfig(spec, { configDir });
  const file = path.resolve(name);
  const folder = path.dirname(file);
  const own = path.basename(file).replace(/\.(?:conf|local)$/, '') + spec.trimStart().slice(name.length);
  if (path.basename(folder) === filterFolder) return loadFilterConfig(own, { configDir: path.dirname(folder) });
  return readFilter(filesOf(folder), folder, own);
}
