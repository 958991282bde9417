/** The files of a configuration folder, so that reading them is not this kernel's business. */
export interface ConfigFiles {
  /**
   * The file's text, `undefined` when it is not there.
   * @throws Fail2banConfigError when it is there and cannot be read
   */
  read(path: string): string | undefined;
  /** Names of the entries of a folder in any order, none when it is not there. */
  list(dir: string): readonly string[];
}

/** The path of `name` seen from the folder `dir`. Redundant `/` and `./` go, `..` stays: it may follow a link. */
export function joinPath(dir: string, name: string): string {
  const path = name.startsWith('/') ? name : `${dir}/${name}`;
  return path.replace(/\/{2,}/g, '/').replace(/(^|\/)(?:\.\/)+/g, '$1') || '/';
}

/** The folder that holds `path`. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash === -1) return '.';
  return slash === 0 ? '/' : path.slice(0, slash);
}
