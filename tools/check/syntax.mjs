import { parseSync } from '@swc/core';

/**
 * A node of SWC's syntax tree, as far as the rules look at it.
 *
 * @typedef {{ readonly type: string, readonly [field: string]: any }} Node
 */

/**
 * Parses TypeScript or JavaScript.
 *
 * @param {string} text
 * @param {string} file its name, which tells the language
 * @returns {readonly Node[]} the statements of the module
 */
export function parseModule(text, file) {
  const syntax = file.endsWith('.ts') ? 'typescript' : 'ecmascript';
  return parseSync(text, { syntax, target: 'es2022' }).body;
}

/**
 * Every node below `value`, outer nodes first.
 *
 * @param {unknown} value a node, or an array of nodes
 * @returns {Generator<Node>}
 */
export function* nodesOf(value) {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && typeof value.type === 'string') yield/** @type {Node} */ (value);
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/**
 * @param {string} text
 * @param {number} at start of a node's span: SWC counts bytes, from 1
 * @returns {number} line, from 1
 */
export const lineAt = (text, at) =>
  Buffer.from(text)
    .subarray(0, at - 1)
    .toString()
    .split('\n').length;
