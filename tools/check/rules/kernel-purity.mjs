import path from 'node:path';
import { placeIn } from '../source-file.mjs';

/** @typedef {import('../workspace.mjs').Project} Project */
/** @typedef {import('../source-file.mjs').SourceFile} SourceFile */

/** Where a kernel may import RxJS, from its `src/`. */
const rxPlaces = /^rx\//;
/** Where a kernel may import Node's modules; its other files may not load these places in turn. */
const nodePlaces = /^loader(?:\.ts$|\/)/;

/**
 * Why a file of a kernel may not import something; undefined when it may.
 *
 * @param {string} from path of the file from `src/`
 * @param {string} specifier
 */
function reasonAgainst(from, specifier) {
  const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : '';
  if (!rxPlaces.test(from)) {
    if (/^rxjs(?:\/|$)/.test(specifier)) return 'RxJS';
    if (rxPlaces.test(target)) return 'RxJS by way of src/rx/';
  }
  if (!nodePlaces.test(from)) {
    if (specifier.startsWith('node:')) return 'a module of Node.js';
    if (nodePlaces.test(target)) return 'a module of Node.js by way of the loader';
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
    const reason = reasonAgainst(from, specifier);
    if (reason === undefined) return [];
    return {
      file: placeIn(file, at),
      fault: `a ${project.type} imports ${reason} ('${specifier}')`,
      cure: 'move it to src/rx/ (RxJS) or to src/loader.ts or src/loader/ (Node.js)',
      rule: '1.6',
    };
  });
}

/**
 * The contract and the kernels are plain computation: RxJS only in their `./rx` entry, Node's modules only in loaders.
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
