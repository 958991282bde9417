import { allButNewline, anyChar, type CharSet } from '../chars/char-set.ts';
import { type AssertionKind, emptyAt, type Node, type ParsedPattern } from './ast.ts';
import { parseCharEscape, parseDigitEscape } from './escapes.ts';
import { beginsFlags, changeFlags, type Flags, noFlags, parseFlags } from './flags.ts';
import { GroupTable } from './group-table.ts';
import { type Count, parseCount } from './parse-count.ts';
import { parseSet } from './parse-set.ts';
import { PatternReader } from './pattern-reader.ts';
import { classSet, literalSet } from './set-items.ts';
import { widthOf } from './width.ts';

/** Groups inside groups. Python's own bound is its recursion limit, which allows some 500, fewer inside deep calls. */
const maxDepth = 200;

const escapedAssertions: Readonly<Record<string, AssertionKind>> = {
  '\\A': 'text-start',
  '\\Z': 'text-end',
  '\\b': 'boundary',
  '\\B': 'no-boundary',
};

/** What a token that begins with a digit escape looks like: `\1`. */
const isDigitEscape = (token: string): boolean => {
  const code = token.charCodeAt(1);
  return code >= 0x30 && code <= 0x39;
};

const maxLookBehind = 0xffffffff;

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
    const { count, names } = this.#groups;
    return { source: reader.source, semantics: 'python', root, groupCount: count, groupNames: names };
  }

  /** @param flags undefined at the top, where leading `(?i)` changes the flags of all that follows */
  #choice(flags: Flags | undefined): Node {
    const reader = this.#reader;
    const start = reader.at;
    const first = this.#sequence(flags, flags === undefined);
    if (reader.next !== '|') return first;
    const branches = [first];
    while (reader.takeIf('|')) branches.push(this.#sequence(flags, false));
    return { type: 'choice', branches, start, end: reader.at };
  }

  #sequence(scoped: Flags | undefined, mayTakeFlags: boolean): Node {
    const reader = this.#reader;
    const items: Node[] = [];
    const start = reader.at;
    let itemAt = start;
    for (;;) {
      const token = reader.next;
      if (token === '' || token === '|' || token === ')') break;
      const flags = scoped ?? this.#flags;
      const at = reader.at;
      reader.take();
      if (flags.verbose && this.#skipVerbose(token)) continue;
      if (token === '*' || token === '+' || token === '?' || token === '{') {
        const count = parseCount(reader, token);
        if (count !== undefined) {
          items.push(this.#repeat(items.pop(), itemAt, count, at));
          continue;
        }
      }
      const item = this.#item(token, flags, at, mayTakeFlags && items.length === 0);
      if (item === undefined) continue;
      items.push(item);
      itemAt = at;
    }
    if (items.length === 0) return emptyAt(start);
    return items.length === 1 ? (items[0] as Node) : { type: 'sequence', items, start, end: reader.at };
  }

  /** Whether a token that was taken is white space or begins a comment, of which it takes the rest. */
  #skipVerbose(token: string): boolean {
    if (' \t\n\r\v\f'.includes(token)) return true;
    if (token !== '#') return false;
    const reader = this.#reader;
    while (reader.next !== '' && reader.take() !== '\n');
    return true;
  }

  #repeat(body: Node | undefined, start: number, { min, max }: Count, at: number): Node {
    const reader: PatternReader = this.#reader;
    if (body === undefined || body.type === 'assertion') {
      reader.fail('nothing to repeat', 'write a backslash before the quantifier for the character itself', at);
    }
    if (body.type === 'repeat') reader.fail('multiple repeat', 'put the inner repetition into (?:…)', at);
    const mode = reader.takeIf('?') ? 'lazy' : reader.takeIf('+') ? 'possessive' : 'greedy';
    // A group without capture protects what it holds from "multiple repeat"; from here on it means its content.
    return { type: 'repeat', body, min, max, mode, start, end: reader.at };
  }

  #item(token: string, flags: Flags, start: number, mayTakeFlags: boolean): Node | undefined {
    const reader = this.#reader;
    if (token.charCodeAt(0) === 0x5c) return this.#escape(token, flags, start);
    switch (token) {
      case '.':
        return this.#char(flags.dotAll ? anyChar : allButNewline, start);
      case '^':
        return this.#assertion(flags.multiline ? 'line-start' : 'text-start', flags, start);
      case '$':
        return this.#assertion(flags.multiline ? 'line-end' : 'end', flags, start);
      case '[':
        return this.#char(parseSet(reader, flags), start);
      case '(':
        return this.#parenthesis(flags, start, mayTakeFlags);
    }
    return this.#char(literalSet(token.codePointAt(0) as number, flags), start);
  }

  #escape(token: string, flags: Flags, start: number): Node {
    const kind = escapedAssertions[token];
    if (kind !== undefined) return this.#assertion(kind, flags, start);
    if (isDigitEscape(token)) {
      const meaning = parseDigitEscape(this.#reader, token);
      if ('group' in meaning) return this.#backReference(meaning.group, flags, start, start);
      return this.#char(literalSet(meaning.code, flags), start);
    }
    const item = parseCharEscape(this.#reader, token);
    return this.#char(item.kind === 'class' ? classSet(item, flags) : literalSet(item.from, flags), start);
  }

  #char(set: CharSet, start: number): Node {
    return { type: 'char', set, start, end: this.#reader.at };
  }

  #assertion(kind: AssertionKind, { ascii }: Flags, start: number): Node {
    return { type: 'assertion', kind, ascii, start, end: this.#reader.at };
  }

  /** @param at where the group's number or name stands */
  #backReference(group: number, { ignoreCase, ascii }: Flags, start: number, at: number): Node {
    this.#groups.checkReference(group, at);
    return { type: 'back-reference', group, ignoreCase, ascii, start, end: this.#reader.at };
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
        return { type: 'atomic', body: this.#body(flags, start), start, end: reader.at };
      case '#':
        reader.takeComment(start);
        return undefined;
      case '=':
      case '!':
        return this.#look(false, kind === '!', this.#body(flags, start), 0, start);
      case '<':
        return this.#lookBehind(flags, start);
      case '(':
        return this.#conditional(flags, start);
      case 'P':
        return this.#named(flags, start);
    }
    const cure =
      kind === "'" ? 'write (?P<name>…) for a named group' : 'write \\( for a parenthesis, or (?:…) for a group';
    return reader.fail(`unknown extension (?${kind}`, cure, start);
  }

  #look(behind: boolean, negated: boolean, body: Node, width: number, start: number): Node {
    return { type: 'look', behind, negated, body, width, start, end: this.#reader.at };
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
    if (body.type !== 'repeat' && body.type !== 'assertion') return body;
    return { type: 'sequence', items: [body], start: body.start, end: body.end };
  }

  #capture(name: string | undefined, flags: Flags, start: number): Node {
    const index = this.#groups.open(name);
    const body = this.#body(flags, start);
    this.#groups.close(index, body);
    return { type: 'group', index, name, body, start, end: this.#reader.at };
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
      return this.#backReference(this.#groups.numberOf(name, at), flags, start, at);
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
    if (min > maxLookBehind) {
      reader.fail('look-behind looks too far behind', `let it be of at most ${maxLookBehind} characters`, start);
    }
    return this.#look(true, kind === '!', body, min, start);
  }

  #conditional(flags: Flags, start: number): Node {
    const reader = this.#reader;
    const at = reader.at;
    const group = this.#groups.conditionOf(reader.takeUntil(')', 'group name'), at);
    let yes: Node = emptyAt(reader.at);
    const no = this.#inside(start, () => {
      yes = this.#sequence(flags, false);
      const second = reader.takeIf('|') ? this.#sequence(flags, false) : emptyAt(reader.at);
      if (reader.next === '|') {
        reader.fail('a conditional with more than two branches', 'put the branches into (?:…)', start);
      }
      return second;
    });
    return { type: 'conditional', group, yes, no, start, end: reader.at };
  }
}

/** What a pattern is parsed with. */
export interface ParseOptions {
  /** Begin with Python's MULTILINE. Default false. */
  readonly multiline?: boolean;
  /** Begin with Python's IGNORECASE, as if `(?i)` stood in front. Default false. */
  readonly ignoreCase?: boolean;
  /** Index to name in errors. */
  readonly pattern?: number;
}

/**
 * Parses a pattern as Python 3.11's `re` parses a `str` pattern. Accepts what `re` accepts, and refuses what it refuses,
 * save these:
 *
 * - One name may be given to several groups.
 * - Characters by name (`\N{…}`), groups more than 200 deep, and the flag `t`, which is not documented, are refused.
 * - A conditional's group number is written in ASCII digits alone; Python 3.11 warns of others, 3.12 refuses them.
 *
 * Takes time in proportion to the pattern's length.
 *
 * @throws LogMatcherError `ERR_LOG_MATCHER_SYNTAX` or `ERR_LOG_MATCHER_UNSUPPORTED`, with the column and a cure
 */
export function parsePattern(source: string, options: ParseOptions = {}): ParsedPattern {
  const { multiline = false, ignoreCase = false, pattern } = options;
  return new PatternParser(source, { ...noFlags, multiline, ignoreCase }, pattern).parse();
}
