import type { ParsedPattern } from '../python-regex/ast.ts';
import { serialFault } from './serial-fault.ts';

type Fields = Readonly<Record<string, unknown>>;

function fail(what: string): never {
  throw serialFault(`the serialised set is damaged: ${what}`);
}

function recordOf(value: unknown, what: string): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : fail(what);
}

const listOf = (value: unknown, what: string): readonly unknown[] => (Array.isArray(value) ? value : fail(what));

function checkInteger(value: unknown, min: number, max: number, what: string): number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
    ? (value as number)
    : fail(`${what} ${String(value)}`);
}

const maxCodePoint = 0x10ffff;
const assertions = ['text-start', 'text-end', 'end', 'line-start', 'line-end', 'boundary', 'no-boundary'];

/** Checks parsed patterns as they come out of bytes: that engines find in them what they count on. */
export class ParsedCheck {
  /** Sets that were checked: many nodes share them. */
  readonly #sets = new Set<unknown>();
  #groupCount = 0;
  #nodesLeft: number;

  /** @param maxNodes of all patterns together. A node that stands in many places could stand for more than there is time for */
  constructor(maxNodes: number) {
    this.#nodesLeft = maxNodes;
  }

  /** @throws LogMatcherError `ERR_LOG_MATCHER_SERIAL` unless the value is a parsed pattern */
  pattern(value: unknown): ParsedPattern {
    const { source, root, groupCount, groupNames, semantics } = recordOf(value, 'a pattern');
    if (typeof source !== 'string') fail('a source');
    if (semantics !== 'python' && semantics !== 'javascript') fail('semantics');
    this.#groupCount = checkInteger(groupCount, 0, source.length, 'a number of groups');
    if (!(groupNames instanceof Map)) fail('names of groups');
    for (const [name, numbers] of groupNames) {
      if (typeof name !== 'string') fail('a name of a group');
      const list = listOf(numbers, 'groups of a name');
      if (list.length === 0) fail('a name without a group');
      for (const number of list) this.#group(number);
    }
    this.#node(root);
    return value as ParsedPattern;
  }

  #group(value: unknown): void {
    checkInteger(value, 1, this.#groupCount, 'a group');
  }

  #node(value: unknown): void {
    const node = recordOf(value, 'a node');
    if (--this.#nodesLeft < 0) fail('a node in many places');
    switch (node['type']) {
      case 'char':
        this.#set(node['set']);
        break;
      case 'sequence':
        for (const item of listOf(node['items'], 'a sequence')) this.#node(item);
        break;
      case 'choice':
        for (const branch of listOf(node['branches'], 'a choice')) this.#node(branch);
        break;
      case 'group':
        this.#group(node['index']);
        this.#node(node['body']);
        break;
      case 'repeat':
        this.#repeat(node);
        break;
      case 'assertion':
        if (!assertions.includes(node['kind'] as string)) fail('an assertion');
        break;
      case 'look':
        checkInteger(node['width'], 0, Number.MAX_SAFE_INTEGER, 'a width');
        this.#node(node['body']);
        break;
      case 'atomic':
        this.#node(node['body']);
        break;
      case 'back-reference':
        this.#group(node['group']);
        break;
      case 'conditional':
        this.#group(node['group']);
        this.#node(node['yes']);
        this.#node(node['no']);
        break;
      default:
        fail(`a node of type ${String(node['type'])}`);
    }
  }

  #repeat({ min, max, mode, body }: Fields): void {
    const least = checkInteger(min, 0, Number.MAX_SAFE_INTEGER, 'a least count');
    if (max !== Number.POSITIVE_INFINITY) checkInteger(max, least, Number.MAX_SAFE_INTEGER, 'a greatest count');
    if (mode !== 'greedy' && mode !== 'lazy' && mode !== 'possessive') fail('a mode of repeating');
    this.#node(body);
  }

  #set(value: unknown): void {
    if (this.#sets.has(value)) return;
    const { negated, ranges, classes } = recordOf(value, 'a set');
    if (typeof negated !== 'boolean') fail('a set');
    let last = -1;
    for (const range of listOf(ranges, 'ranges')) {
      const [from, to] = listOf(range, 'a range');
      last = checkInteger(to, checkInteger(from, last + 1, maxCodePoint, 'a character'), maxCodePoint, 'a character');
    }
    for (const member of listOf(classes, 'classes')) {
      if (typeof recordOf(member, 'a class')['name'] !== 'string') fail('a class');
    }
    this.#sets.add(value);
  }
}
