import { allButNewline, anyChar } from '../chars/char-set.ts';
import { type AssertionKind, empty, type Node, type ParsedPattern } from './ast.ts';
import { parseCharEscape, parseDigitEscape } from './escapes.ts';
import { beginsFlags, changeFlags, type Flags, noFlags, parseFlags } from './flags.ts';
import { GroupTable } from './group-table.ts';
import { parseCount } from './parse-count.ts';
import { parseSet } from './parse-set.ts';
import { PatternReader } from './pattern-reader.ts';
import { charSetOf } from './set-items.ts';
import { widthOf } from './width.ts';

/** Groups inside groups. Python's own bound is its recursion limit, which allows about as many. */
const maxDepth = 200;

const escapedAssertions: Readonly<Record<string, AssertionKind>> = {
  '\\A': 'text-start',
  '\\Z': 'text-end',
  '\\b': 'boundary',
  '\\B': 'no-boundary',
};

const closeCure = 'close the group with ")", or write \\( for a parenthesis';

class PatternParser {
  readonly #reader: PatternReader;
  readonly #groups: GroupTable;
  #flags: Flags;
  #globalFlags = '';
  #depth = 0;

  constructor(source: string, flags: Flags, pattern: number | undefined) {
    this.#reader = new PatternReader(source, pattern);
    this.#groups = new GroupTable(this.#reader);
    this.#flags = flags;
  }

  parse(): ParsedPattern {
    const reader = this.#reader;
    const root = this.#choice(undefined);
    if (reader.next !== '') reader.fail('unbalanced parenthesis', 'write \\) for a parenthesis', reader.at);
    this.#groups.checkForwardReferences();
    return { source: reader.source, root, groupCount: this.#groups.count, groupNames: this.#groups.names };
  }

  /** @param flags undefined at the top, where leading `(?i)` changes the flags of all that follows */
  #choice(flags: Flags | undefined): Node {
    const branches = [this.#sequence(flags, flags === undefined)];
    while (this.#reader.takeIf('|')) branches.push(this.#sequence(flags, false));
    return branches.length === 1 ? (branches[0] as Node) : { type: 'choice', branches };
  }

  #sequence(scoped: Flags | undefined, mayTakeFlags: boolean): Node {
    const reader = this.#reader;
    const items: Node[] = [];
    while (reader.next !== '' && reader.next !== '|' && reader.next !== ')') {
      const flags = scoped ?? this.#flags;
      const start = reader.at;
      const token = reader.take();
      if (flags.verbose && ' \t\n\r\v\f'.includes(token)) continue;
      if (flags.verbose && token === '#') {
        while (reader.next !== '' && reader.take() !== '\n');
        continue;
      }
      if ('*+?{'.includes(token)) {
        const count = parseCount(reader, token);
        if (count !== undefined) {
          items.push(this.#repeat(items.pop(), count, start));
          continue;
        }
      }
      const item = this.#item(token, flags, start, mayTakeFlags && items.length === 0);
      if (item !== undefined) items.push(item);
    }
    return items.length === 1 ? (items[0] as Node) : items.length === 0 ? empty : { type: 'sequence', items };
  }

  #repeat(body: Node | undefined, count: { min: number; max: number }, at: number): Node {
    const reader: PatternReader = this.#reader;
    if (body === undefined || body.type === 'assertion') {
      reader.fail('nothing to repeat', 'write a backslash before the quantifier for the character itself', at);
    }
    if (body.type === 'repeat') reader.fail('multiple repeat', 'put the inner repetition into (?:…)', at);
    const mode = reader.takeIf('?') ? 'lazy' : reader.takeIf('+') ? 'possessive' : 'greedy';
    // A group without capture protects what it holds from "multiple repeat"; from here on it means its content.
    return { type: 'repeat', body, ...count, mode };
  }

  #item(token: string, flags: Flags, start: number, mayTakeFlags: boolean): Node | undefined {
    const reader = this.#reader;
    switch (token) {
      case '.':
        return { type: 'char', set: flags.dotAll ? anyChar : allButNewline };
      case '^':
        return this.#assertion(flags.multiline ? 'line-start' : 'text-start', flags);
      case '$':
        return this.#assertion(flags.multiline ? 'line-end' : 'end', flags);
      case '[':
        return { type: 'char', set: parseSet(reader, flags) };
      case '(':
        return this.#parenthesis(flags, start, mayTakeFlags);
    }
    const kind = escapedAssertions[token];
    if (kind !== undefined) return this.#assertion(kind, flags);
    if (/^\\\d$/.test(token)) {
      const meaning = parseDigitEscape(reader, token);
      return 'group' in meaning ? this.#backReference(meaning.group, flags, start) : this.#literal(meaning.code, flags);
    }
    if (token.length > 1 && token.startsWith('\\')) {
      return { type: 'char', set: charSetOf([parseCharEscape(reader, token)], false, flags) };
    }
    return this.#literal(token.codePointAt(0) as number, flags);
  }

  #assertion(kind: AssertionKind, { ascii }: Flags): Node {
    return { type: 'assertion', kind, ascii };
  }

  #literal(code: number, flags: Flags): Node {
    return { type: 'char', set: charSetOf([{ kind: 'range', from: code, to: code }], false, flags) };
  }

  #backReference(group: number, { ignoreCase, ascii }: Flags, at: number): Node {
    this.#groups.checkReference(group, at);
    return { type: 'back-reference', group, ignoreCase, ascii };
  }

  #parenthesis(flags: Flags, start: number, mayTakeFlags: boolean): Node | undefined {
    const reader = this.#reader;
    if (!reader.takeIf('?')) return this.#capture(undefined, flags, start);
    const kind = reader.next;
    if (beginsFlags(kind)) return this.#flagGroup(flags, start, mayTakeFlags);
    reader.take();
    switch (kind) {
      case ':':
        return this.#body(flags, start);
      case '>':
        return { type: 'atomic', body: this.#body(flags, start) };
      case '#':
        reader.takeComment(start);
        return undefined;
      case '=':
      case '!':
        return { type: 'look', behind: false, negated: kind === '!', body: this.#body(flags, start), width: 0 };
      case '<':
        return this.#lookBehind(flags, start);
      case '(':
        return this.#conditional(flags, start);
      case 'P':
        return this.#named(flags, start);
    }
    return reader.fail(`unknown extension (?${kind}`, 'write \\( for a parenthesis, or (?:…) for a group', start);
  }

  /** Parses up to the `)` that closes what began at `start`, and takes it. */
  #inside(start: number, parse: () => Node): Node {
    const reader = this.#reader;
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      reader.fail(`more than ${maxDepth} groups inside each other`, 'write the pattern with fewer groups', start);
    }
    const node = parse();
    this.#depth -= 1;
    if (!reader.takeIf(')')) reader.fail('missing ")", unterminated group', closeCure, start);
    return node;
  }

  #body(flags: Flags, start: number): Node {
    const body = this.#inside(start, () => this.#choice(flags));
    // One item alone would let a quantifier behind the group see through it: `(?:a*)*` is no multiple repeat.
    return body.type === 'repeat' || body.type === 'assertion' ? { type: 'sequence', items: [body] } : body;
  }

  #capture(name: string | undefined, flags: Flags, start: number): Node {
    const index = this.#groups.open(name);
    const body = this.#body(flags, start);
    this.#groups.close(index, body);
    return { type: 'group', index, name, body };
  }

  #named(flags: Flags, start: number): Node {
    const reader = this.#reader;
    const at = reader.at + 1;
    if (reader.takeIf('<')) {
      const name = reader.takeUntil('>', 'group name');
      this.#groups.checkName(name, at);
      return this.#capture(name, flags, start);
    }
    if (reader.takeIf('=')) {
      const name = reader.takeUntil(')', 'group name');
      return this.#backReference(this.#groups.numberOf(name, at), flags, at);
    }
    return reader.fail(`unknown extension (?P${reader.next}`, 'write (?P<name>…) or (?P=name)', start);
  }

  #flagGroup(flags: Flags, start: number, mayTakeFlags: boolean): Node | undefined {
    const reader = this.#reader;
    const change = parseFlags(reader);
    if (!change.global) return this.#body(changeFlags(flags, change), start);
    if (!mayTakeFlags) {
      reader.fail(
        'global flags not at the start of the pattern',
        `write (?${change.add}:…) around what they mean`,
        start,
      );
    }
    this.#globalFlags += change.add;
    if (this.#globalFlags.includes('a') && this.#globalFlags.includes('u')) {
      reader.fail('the flags a and u exclude each other', 'keep one', start);
    }
    this.#flags = changeFlags(this.#flags, change);
    return undefined;
  }

  #lookBehind(flags: Flags, start: number): Node {
    const reader = this.#reader;
    const kind = reader.take();
    if (kind !== '=' && kind !== '!') {
      reader.fail(`unknown extension (?<${kind}`, 'write (?P<name>…) for a named group', start);
    }
    const body = this.#groups.inLookBehind(() => this.#body(flags, start));
    const [min, max] = widthOf(body, this.#groups.widthOf);
    if (min !== max) {
      reader.fail(
        'look-behind requires a fixed width',
        'give all its branches one length, without * + ? or {n,m}',
        start,
      );
    }
    return { type: 'look', behind: true, negated: kind === '!', body, width: min };
  }

  #conditional(flags: Flags, start: number): Node {
    const reader = this.#reader;
    const at = reader.at;
    const group = this.#groups.conditionOf(reader.takeUntil(')', 'group name'), at);
    return this.#inside(start, () => {
      const yes = this.#sequence(flags, false);
      const no = reader.takeIf('|') ? this.#sequence(flags, false) : empty;
      if (reader.next === '|') {
        reader.fail('a conditional with more than two branches', 'put the branches into (?:…)', start);
      }
      return { type: 'conditional', group, yes, no };
    });
  }
}

/**
 * Parses a pattern as Python 3.11's `re` parses a `str` pattern. Accepts what `re` accepts, and refuses what it refuses,
 * save that one name may be given to several groups, and that characters by name (`\N{…}`) are refused.
 *
 * @param options.multiline begin with Python's MULTILINE
 * @param options.pattern index to name in errors
 * @throws LogMatcherError `ERR_LOG_MATCHER_SYNTAX` or `ERR_LOG_MATCHER_UNSUPPORTED`, with the column and a cure
 */
export function parsePattern(
  source: string,
  options: { readonly multiline?: boolean; readonly pattern?: number } = {},
): ParsedPattern {
  const flags = { ...noFlags, multiline: options.multiline ?? false };
  return new PatternParser(source, flags, options.pattern).parse();
}
