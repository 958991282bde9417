import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSources } from './source-file.mjs';

/** @typedef {import('./source-file.mjs').SourceFile} SourceFile */

/**
 * A package, an app or the examples.
 *
 * @typedef {object} Project
 * @property {string} name as npm knows it
 * @property {string} folder from the workspace root: `packages/log-source`
 * @property {Record<string, any>} manifest its package.json
 * @property {string | undefined} type its `type:` tag without the prefix
 * @property {readonly string[]} references folders that its tsconfig.json references
 * @property {Readonly<Record<string, string>>} published what its published code may import: dependencies and peers
 * @property {readonly SourceFile[]} files of `src/`, `bench/` and `bin/`
 */

/**
 * The monorepo as the rules see it.
 *
 * @typedef {object} Workspace
 * @property {string} root
 * @property {Record<string, any>} manifest
 * @property {ReadonlyMap<string, Project>} projects by name
 * @property {readonly string[]} references folders that the root tsconfig.json references
 * @property {readonly SourceFile[]} tools
 */

/** What a `type:` tag may say. */
export const projectTypes = ['contract', 'kernel', 'source', 'stage', 'sink', 'kit', 'app'];

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Folders that a workspace pattern of package.json stands for: `packages/*` or a plain folder.
 *
 * @param {string} root
 * @param {string} pattern
 */
function foldersOf(root, pattern) {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  return existsSync(path.join(root, parent))
    ? readdirSync(path.join(root, parent)).map((name) => `${parent}/${name}`)
    : [];
}

/**
 * @param {string} root
 * @param {string} folder folder of the tsconfig.json, from the root
 * @returns {string[]} referenced folders, from the root
 */
function referencesOf(root, folder) {
  const file = path.join(root, folder, 'tsconfig.json');
  /** @type {{ path: string }[]} */
  const references = existsSync(file) ? (readJson(file).references ?? []) : [];
  return references.map((reference) => path.posix.join(folder, reference.path));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {Project}
 */
function readProject(root, folder) {
  const manifest = readJson(path.join(root, folder, 'package.json'));
  /** @type {string[]} */
  const tags = manifest.nx?.tags ?? [];
  const types = tags.map((tag) => tag.replace(/^type:/, '')).filter((type) => projectTypes.includes(type));
  return {
    name: manifest.name,
    folder,
    manifest,
    type: types.length === 1 ? types[0] : undefined,
    references: referencesOf(root, folder),
    published: { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies },
    files: ['src', 'bench', 'bin']
      .filter((name) => existsSync(path.join(root, folder, name)))
      .flatMap((name) => readSources(root, `${folder}/${name}`, /\.(?:ts|mjs|js)$/)),
  };
}

/**
 * Reads the workspace below `root`.
 *
 * @param {string} root
 * @returns {Workspace}
 */
export function readWorkspace(root) {
  const manifest = readJson(path.join(root, 'package.json'));
  /** @type {string[]} */
  const patterns = manifest.workspaces;
  const projects = patterns
    .flatMap((pattern) => foldersOf(root, pattern))
    .filter((folder) => existsSync(path.join(root, folder, 'package.json')))
    .map((folder) => readProject(root, folder));
  return {
    root,
    manifest,
    projects: new Map(projects.map((project) => [project.name, project])),
    references: referencesOf(root, '.'),
    tools: existsSync(path.join(root, 'tools')) ? readSources(root, 'tools', /\.mjs$/) : [],
  };
}
