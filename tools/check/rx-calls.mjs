import { nodesOf } from './syntax.mjs';

/** @typedef {import('./syntax.mjs').Node} Node */

/**
 * A call of something that RxJS exports.
 *
 * @typedef {object} RxCall
 * @property {string} name what RxJS calls it
 * @property {readonly Node[]} given the arguments
 * @property {number} at where the call begins
 */

/**
 * What a module imports from RxJS: local name → RxJS's own name, `*` for the whole namespace.
 *
 * @param {readonly Node[]} statements
 * @returns {Map<string, string>}
 */
function rxNames(statements) {
  const names = new Map();
  for (const statement of statements) {
    if (statement.type !== 'ImportDeclaration' || !/^rxjs(?:\/|$)/.test(statement.source.value)) continue;
    for (const specifier of statement.specifiers) {
      const whole = specifier.type === 'ImportNamespaceSpecifier';
      names.set(specifier.local.value, whole ? '*' : (specifier.imported?.value ?? specifier.local.value));
    }
  }
  return names;
}

/**
 * RxJS's name of what is called; undefined for anything else.
 *
 * @param {Node} callee
 * @param {ReadonlyMap<string, string>} names
 */
function rxNameOf(callee, names) {
  if (callee.type === 'Identifier') return names.get(callee.value);
  if (callee.type !== 'MemberExpression' || names.get(callee.object.value) !== '*') return undefined;
  return callee.property.value;
}

/**
 * All calls of RxJS's own functions in a module, under whatever local names.
 *
 * @param {readonly Node[]} statements
 * @returns {RxCall[]}
 */
export function rxCalls(statements) {
  const names = rxNames(statements);
  if (names.size === 0) return [];
  return [...nodesOf(statements)].flatMap((node) => {
    const name = node.type === 'CallExpression' ? rxNameOf(node.callee, names) : undefined;
    return name === undefined
      ? []
      : [
          {
            name,
            given: node.arguments.map((/** @type {Node} */ argument) => argument.expression),
            at: node.span.start,
          },
        ];
  });
}
