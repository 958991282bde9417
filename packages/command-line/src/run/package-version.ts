import { readFileSync } from 'node:fs';

/** The version in a package.json, for `--version`: `packageVersion(new URL('../package.json', import.meta.url))`. */
export function packageVersion(manifest: URL): string {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return version;
}
