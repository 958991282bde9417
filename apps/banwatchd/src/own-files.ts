// Files of this package are found from this folder's place, which the bundle shares: a module below it would look elsewhere
// in the bundle than here.

export const packageJsonUrl: URL = new URL('../package.json', import.meta.url);

/** The configuration tree of `--defaults`. */
export const defaultsUrl: URL = new URL('../defaults/', import.meta.url);
