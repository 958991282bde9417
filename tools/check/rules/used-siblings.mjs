import { packageOf } from '../imports.mjs';

/**
 * A sibling that package.json declares is imported by published code, else the graph says more than the sources do.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const usedSiblings = ({ projects }) =>
  [...projects.values()].flatMap(({ published, files, folder }) => {
    const sources = files.filter(({ role }) => role === 'source');
    const used = new Set(sources.flatMap(({ imports }) => imports.map(({ specifier }) => packageOf(specifier))));
    return Object.keys(published)
      .filter((name) => projects.has(name) && !used.has(name))
      .map((name) => ({
        file: `${folder}/package.json`,
        fault: `declares ${name}, which no file below src imports`,
        cure: 'remove it there and from the references of tsconfig.json',
        rule: '1.3',
      }));
  });
