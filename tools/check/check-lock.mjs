/** @typedef {import('./fault.mjs').Fault} Fault */
/** @typedef {{ version?: string, resolved?: string, optionalDependencies?: Record<string, string> }} LockedPackage */
/** @typedef {Readonly<Record<string, LockedPackage>>} LockedPackages the lock's `packages`, by folder */

/**
 * Whether `name` resolves from a folder, as Node looks it up.
 *
 * @param {LockedPackages} packages
 * @param {string} from
 * @param {string} name
 */
function resolves(packages, from, name) {
  for (let folder = from; ; ) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
    const cut = folder.lastIndexOf('/node_modules/');
    folder = cut === -1 ? '' : folder.slice(0, cut);
  }
}

/**
 * Optional dependencies that a package names and the lock lacks. `npm ci` refuses such a lock, or leaves the users of
 * a platform without their binary. It comes about when a registry has a tool's newest release before the binaries of
 * every platform.
 *
 * @param {LockedPackages} packages
 * @returns {Fault[]}
 */
const incomplete = (packages) =>
  Object.entries(packages).flatMap(([folder, { version, optionalDependencies = {} }]) => {
    const missing = Object.keys(optionalDependencies).filter((name) => !resolves(packages, folder, name));
    if (missing.length === 0) return [];
    const fault = `${folder}@${version} names ${missing.join(', ')}, which the lock lacks`;
    return { file: 'package-lock.json', fault, cure: 'pin an older release that has all its platform packages' };
  });

/**
 * Packages that the lock takes from one certain host.
 *
 * @param {LockedPackages} packages
 * @returns {Fault[]}
 */
const boundToHost = (packages) =>
  Object.entries(packages)
    .filter(([, { resolved }]) => resolved !== undefined && /^[a-z+]+:/.test(resolved))
    .map(([folder]) => ({
      file: 'package-lock.json',
      fault: `${folder} is bound to the registry that it was locked with`,
      cure: 'keep omit-lockfile-registry-resolved=true in .npmrc and lock again',
    }));

/**
 * Checks that a lock installs on every platform and from every registry.
 *
 * @param {{ packages: LockedPackages }} lock content of package-lock.json
 * @returns {Fault[]}
 */
export const checkLock = ({ packages }) => [...incomplete(packages), ...boundToHost(packages)];
