import path from 'node:path';
import { placeIn } from '../source-file.mjs';

/** @typedef {import('../workspace.mjs').Project} Project */
/** @typedef {import('../source-file.mjs').SourceFile} SourceFile */

/** Where a kernel may import RxJS, from its `src/`. */
const rxPlaces = /^rx\//;
/** Where either may import Node's modules; its other files may not load these places in turn. */
const loaderPlaces = /^loader(?:\.ts$|\/)/;
/** Where the contract may too. */
const nodePlaces = /^node\//;

/**
 * Why a file of the contract or a kernel may not import something; undefined when it may.
 *
 * @param {string | undefined} type of the project
 * @param {string} from path of the file from `src/`
 * @param {string} specifier
 */
function reasonAgainst(type, from, specifier) {
  const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : '';
  if (!rxPlaces.test(from)) {
    if (/^rxjs(?:\/|$)/.test(specifier)) return 'RxJS';
    if (rxPlaces.test(target)) return 'RxJS by way of src/rx/';
  }
  const isNodePlace = type === 'contract' && nodePlaces.test(from);
  if (!loaderPlaces.test(from) && !isNodePlace) {
    if (specifier.startsWith('node:')) return 'a module of Node.js';
    if (loaderPlaces.test(target)) return 'a module of Node.js by way of the loader';
    if (type === 'contract' && nodePlaces.test(target)) return 'a module of Node.js by way of src/node/';
  }
  return undefined;
}

/**
 * @param {Project} project
 * @param {SourceFile} file
 * @returns {import('../fault.mjs').Fault[]}
 */
function faultsOf(project, file) {
  const from = file.path.slice(`${project.folder}/src/`.length);
  return file.imports.flatMap(({ specifier, at }) => {
    const reason = reasonAgainst(project.type, from, specifier);
    if (reason === undefined) return [];
    return {
      file: placeIn(file, at),
      fault: `a ${project.type} imports ${reason} ('${specifier}')`,
      cure: `move it to src/rx/ (RxJS) or to src/loader.ts${project.type === 'contract' ? ', src/node/' : ''} or src/loader/ (Node.js)`,
      rule: '1.6',
    };
  });
}

/**
 * The contract and the kernels are plain computation: RxJS only in their `./rx` entry, Node's modules only in loaders and in
 * the contract's `./node` entry.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const kernelPurity = ({ projects }) =>
  [...projects.values()]
    .filter(({ type }) => type === 'kernel' || type === 'contract')
    .flatMap((project) =>
      project.files
        .filter(({ role, path: file }) => role === 'source' && file.startsWith(`${project.folder}/src/`))
        .flatMap((file) => faultsOf(project, file)),
    );
