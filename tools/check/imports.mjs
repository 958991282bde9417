import { nodesOf } from './syntax.mjs';

/** @typedef {import('./syntax.mjs').Node} Node */

/** Statements that name another module in `source`. */
const withSource = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']);

/**
 * What one node imports, when that is written down as a literal.
 *
 * @param {Node} node
 * @returns {string | undefined}
 */
function specifierOf(node) {
  if (withSource.has(node.type)) return node.source?.value;
  if (node.type === 'TsImportType') return node.argument.value;
  if (node.type === 'TsExternalModuleReference') return node.expression.value;
  if (node.type !== 'CallExpression') return undefined;
  const { callee, arguments: given } = node;
  const loads = callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require');
  const first = given[0]?.expression;
  return loads && first?.type === 'StringLiteral' ? first.value : undefined;
}

/**
 * @typedef {object} Import
 * @property {string} specifier
 * @property {number} at where the statement or call begins, as {@link import('./syntax.mjs').lineAt} takes it
 */

/**
 * What a module imports, in any way that the language has: `import`, `import type`, `export … from`, `import('…')` as a
 * call or as a type, `require('…')`.
 *
 * @param {readonly Node[]} statements
 * @returns {Import[]} each specifier once, in order of appearance
 */
export function importsOf(statements) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const node of nodesOf(statements)) {
    const specifier = specifierOf(node);
    if (specifier !== undefined && !found.has(specifier)) found.set(specifier, node.span.start);
  }
  return [...found].map(([specifier, at]) => ({ specifier, at }));
}

/**
 * Name of the npm package that a bare specifier leads to: `@sluice/pipeline/rx` → `@sluice/pipeline`.
 *
 * @param {string} specifier
 * @returns {string}
 */
export const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
