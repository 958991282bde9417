import { nodesOf } from './syntax.mjs';

/** @typedef {import('./syntax.mjs').Node} Node */

/** Types whose values yield asynchronously. */
const asyncTypes = new Set([
  'AsyncIterable',
  'AsyncIterableIterator',
  'AsyncIterator',
  'AsyncGenerator',
  'Readable',
  'ReadableStream',
  'ReadStream',
  'Interface',
]);

/** Node's functions that return such values. */
const asyncMakers = new Set(['createReadStream', 'createInterface']);

/** @param {Node | null | undefined} annotation */
const hasAsyncType = (annotation) =>
  annotation != null &&
  [...nodesOf(annotation)].some((node) => node.type === 'TsTypeReference' && asyncTypes.has(nameOf(node.typeName)));

/**
 * Last name of an identifier or of a dotted name.
 *
 * @param {Node | undefined} node
 * @returns {string}
 */
function nameOf(node) {
  if (node?.type === 'Identifier') return node.value;
  if (node?.type === 'MemberExpression') return nameOf(node.property);
  if (node?.type === 'TsQualifiedName') return nameOf(node.right);
  return node?.type === 'PrivateName' ? `#${node.value}` : '';
}

/**
 * Whether an expression is seen to be an asynchronous iterable, by what its module says about it.
 *
 * @param {Node | undefined} expression
 * @param {ReadonlySet<string>} names result of {@link asyncNames}
 */
export function isAsyncIterable(expression, names) {
  if (expression?.type !== 'CallExpression') return names.has(nameOf(expression));
  const called = nameOf(expression.callee);
  return asyncMakers.has(called) || names.has(called);
}

/** @param {Node} value a function */
const yieldsAsync = (value) => (value.async && value.generator) || hasAsyncType(value.returnType);

/**
 * Names in a module that stand for asynchronous iterables, or for functions that return them.
 *
 * @param {readonly Node[]} statements
 * @returns {ReadonlySet<string>}
 */
export function asyncNames(statements) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const node of nodesOf(statements)) {
    if (node.type === 'FunctionDeclaration' && yieldsAsync(node)) names.add(nameOf(node.identifier));
    if (/^(?:ClassMethod|PrivateMethod)$/.test(node.type) && yieldsAsync(node.function)) names.add(nameOf(node.key));
    if (node.type === 'Identifier' && hasAsyncType(node.typeAnnotation)) names.add(node.value);
    const isAlias = node.type === 'VariableDeclarator' && isAsyncIterable(node.init ?? undefined, names);
    if (isAlias) names.add(nameOf(node.id));
    names.delete('');
  }
  return names;
}
