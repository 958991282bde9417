import { existsSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('../workspace.mjs').Project} Project */

/**
 * What an entry has to say, given its source: the source condition first, so that tests and apps in the workspace get
 * the source; `types` before `default`, as TypeScript takes the first that fits.
 *
 * @param {string} source
 */
const wantedEntry = (source) => ({
  '@sluice/source': source,
  types: source.replace('./src/', './dist/').replace(/\.ts$/, '.d.ts'),
  default: source.replace('./src/', './dist/').replace(/\.ts$/, '.js'),
});

/**
 * What is wrong with one entry; undefined when nothing is.
 *
 * @param {string} root
 * @param {Project} project
 * @param {string} entry
 * @param {unknown} value
 */
function faultOf(root, project, entry, value) {
  if (entry === './package.json') return undefined;
  /** @type {unknown} */
  const source = typeof value === 'object' && value !== null ? Object.values(value)[0] : undefined;
  if (typeof source !== 'string' || JSON.stringify(value) !== JSON.stringify(wantedEntry(source))) {
    return `the entry "${entry}" of exports is not { "@sluice/source": "./src/….ts", "types", "default" } in this order`;
  }
  return existsSync(path.join(root, project.folder, source))
    ? undefined
    : `the entry "${entry}" of exports names ${source}, which is not there`;
}

/**
 * Every package and app exports its entries in one form, source first. A private project may have none.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const manifestExports = ({ root, projects }) =>
  [...projects.values()].flatMap((project) =>
    Object.entries(project.manifest.exports ?? (project.manifest.private ? {} : { '.': undefined }))
      .flatMap(([entry, value]) => faultOf(root, project, entry, value) ?? [])
      .map((fault) => ({
        file: `${project.folder}/package.json`,
        fault,
        cure: 'write it as packages/pipeline/package.json does',
        rule: '1.8',
      })),
  );
