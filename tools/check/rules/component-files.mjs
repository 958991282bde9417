import { existsSync } from 'node:fs';
import path from 'node:path';

const componentTypes = new Set(['source', 'stage', 'sink']);

/**
 * Every source, stage and sink has the same files, so that whoever knows one knows where to look in all.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const componentFiles = ({ root, projects }) =>
  [...projects.values()]
    .filter(({ type }) => type !== undefined && componentTypes.has(type))
    .flatMap(({ folder, type }) =>
      ['index.ts', 'options.ts', 'metrics.ts', `${path.posix.basename(folder)}-error.ts`]
        .map((name) => `${folder}/src/${name}`)
        .filter((file) => !existsSync(path.join(root, file)))
        .map((file) => ({
          file,
          fault: `every ${type} has this file and it is missing`,
          cure: 'write it',
          rule: '2.1',
        })),
    );
