import { componentFiles } from './rules/component-files.mjs';
import { declaredImports } from './rules/declared-imports.mjs';
import { errorClass } from './rules/error-class.mjs';
import { fileSize } from './rules/file-size.mjs';
import { indexExports } from './rules/index-exports.mjs';
import { kernelPurity } from './rules/kernel-purity.mjs';
import { layers } from './rules/layers.mjs';
import { manifestExports } from './rules/manifest-exports.mjs';
import { metricNames } from './rules/metric-names.mjs';
import { peerRxjs } from './rules/peer-rxjs.mjs';
import { projectType } from './rules/project-type.mjs';
import { readme } from './rules/readme.mjs';
import { references } from './rules/references.mjs';
import { rxConventions } from './rules/rx-conventions.mjs';
import { siblingEntries } from './rules/sibling-entries.mjs';
import { syntaxErrors } from './rules/syntax-errors.mjs';
import { usedSiblings } from './rules/used-siblings.mjs';
import { readWorkspace } from './workspace.mjs';

const rules = [
  projectType,
  layers,
  declaredImports,
  usedSiblings,
  references,
  siblingEntries,
  kernelPurity,
  peerRxjs,
  manifestExports,
  componentFiles,
  indexExports,
  fileSize,
  readme,
  rxConventions,
  errorClass,
  metricNames,
  syntaxErrors,
];

/**
 * Checks a workspace against all rules.
 *
 * @param {string} root its folder
 * @returns {import('./fault.mjs').Fault[]} none when all is well
 */
export function checkWorkspace(root) {
  const workspace = readWorkspace(root);
  return rules.flatMap((rule) => rule(workspace));
}
