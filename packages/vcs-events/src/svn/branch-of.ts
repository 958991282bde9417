const branch = /^\/(trunk|(?:branches|tags)\/[^/]+)(?:\/|$)/;

/**
 * The branch that all of the paths are on, in the layout that Subversion recommends: `trunk`, `branches/1.x`,
 * `tags/1.0`; undefined when they are on none or on several.
 *
 * @param root what stands before it in the repository, `/project`; empty when it is at the top
 */
export function branchOf(paths: readonly { readonly path: string }[], root: string): string | undefined {
  let found: string | undefined;
  for (const { path } of paths) {
    const name = path.startsWith(root) ? branch.exec(path.slice(root.length))?.[1] : undefined;
    if (name === undefined || (found !== undefined && found !== name)) return undefined;
    found = name;
  }
  return found;
}

/** Where the folders `trunk`, `branches` and `tags` are expected when this path of the repository is read. */
export const layoutRoot = (path: string): string =>
  path.replace(/\/(?:trunk|branches|tags)(?:\/.*)?$/s, '').replace(/\/$/, '');
