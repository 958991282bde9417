import { asyncNames, isAsyncIterable } from '../async-iterables.mjs';
import { rxCalls } from '../rx-calls.mjs';
import { placeIn } from '../source-file.mjs';

/** @typedef {import('../syntax.mjs').Node} Node */
/** @typedef {import('../rx-calls.mjs').RxCall} RxCall */
/** @typedef {{ fault: string, cure: string }} Finding */

/** Operators that run inner Observables side by side, and the place of their bound among the arguments. */
const concurrencyAt = new Map([
  ['mergeMap', 1],
  ['flatMap', 1],
  ['mergeMapTo', 1],
  ['mergeAll', 0],
  ['mergeScan', 2],
  ['expand', 1],
]);

/** @param {Node | undefined} argument */
const isBound = (argument) =>
  argument !== undefined &&
  argument.type !== 'NullLiteral' &&
  !(argument.type === 'Identifier' && ['undefined', 'Infinity'].includes(argument.value)) &&
  !/Function/.test(argument.type);

/**
 * @param {RxCall} call
 * @returns {Finding | undefined}
 */
function unbounded({ name, given }) {
  if (name === 'observeOn') {
    return { fault: 'observeOn costs a timer for every item', cure: 'let the source emit batches' };
  }
  if (name === 'bufferTime' && !isBound(given[2])) {
    return { fault: 'bufferTime without a maximum holds whatever arrives', cure: 'give it maxBufferSize' };
  }
  const at = concurrencyAt.get(name);
  if (at === undefined || given.slice(at).some(isBound)) return undefined;
  return { fault: `${name} without a concurrency has no bound`, cure: 'give it one, or use bounded() or concatMap' };
}

/**
 * `from()` of an asynchronous iterable reads on whoever waits. In a source nothing but a list is seen to be harmless.
 *
 * @param {RxCall} call
 * @param {ReadonlySet<string>} names of asynchronous iterables in the module
 * @param {boolean} inSource
 * @returns {Finding | undefined}
 */
function readsAhead({ name, given }, names, inSource) {
  if (name !== 'from' || (inSource ? given[0]?.type === 'ArrayExpression' : !isAsyncIterable(given[0], names))) {
    return undefined;
  }
  return {
    fault: 'from() takes from an asynchronous iterable without waiting for anyone',
    cure: 'make an Observable that reads on while Credits are left',
  };
}

/**
 * Every wait in a stream has a bound: the operators that have none by default are given one.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const rxConventions = ({ projects }) =>
  [...projects.values()].flatMap(({ files, type }) =>
    files
      .filter(({ role }) => role === 'source')
      .flatMap((file) => {
        const calls = rxCalls(file.statements);
        const names = calls.length > 0 ? asyncNames(file.statements) : new Set();
        return calls.flatMap((call) => {
          const finding = unbounded(call) ?? readsAhead(call, names, type === 'source');
          return finding === undefined ? [] : [{ file: placeIn(file, call.at), ...finding, rule: '4.6' }];
        });
      }),
  );
