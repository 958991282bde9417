import { anyChar, type CharSet } from '../chars/char-set.ts';
import { emptyAt, type LookNode, type Node, type ParsedPattern } from '../python-regex/ast.ts';
import { PatternReader } from '../python-regex/pattern-reader.ts';
import { assertionNode, lineTerminators } from './assertion-nodes.ts';
import { charUnder, setOfRanges } from './class-ranges.ts';
import { parseEscape } from './escapes.ts';
import { beginsModifiers, type JavaScriptFlags, parseModifiers } from './flags.ts';
import { JavaScriptGroups } from './group-table.ts';
import { isExpressible, lookBehindNode } from './look-behind.ts';
import { parseClass } from './parse-class.ts';
import { parseQuantifier } from './parse-quantifier.ts';

/** Groups inside groups, as in the Python dialect. */
const maxDepth = 200;

const allButTerminators: CharSet = { ...lineTerminators, negated: true };
const closeCure = 'close the group with ")", or write \\( for a parenthesis';
const repeatCure = 'write a backslash before the quantifier for the character itself';

class JavaScriptParser {
  readonly #reader: PatternReader;
  readonly #groups: JavaScriptGroups;
  readonly #flags: JavaScriptFlags;
  #depth = 0;
  /** The choices around the present place, and the branch of each. */
  readonly #path: [choice: number, branch: number][] = [];
  #choices = 0;

  constructor(source: string, flags: JavaScriptFlags, pattern: number | undefined) {
    this.#reader = new PatternReader(source, pattern);
    this.#groups = new JavaScriptGroups(this.#reader);
    this.#flags = flags;
  }

  parse(): ParsedPattern {
    const reader = this.#reader;
    const root = this.#choice(this.#flags);
    if (reader.next !== '') reader.fail('unbalanced parenthesis', 'write \\) for a parenthesis', reader.at);
    this.#groups.checkReferences();
    const { count, names } = this.#groups;
    return { source: reader.source, semantics: 'javascript', root, groupCount: count, groupNames: names };
  }

  #choice(flags: JavaScriptFlags): Node {
    const reader = this.#reader;
    const start = reader.at;
    this.#choices += 1;
    const place: [number, number] = [this.#choices, 0];
    this.#path.push(place);
    const branches = [this.#sequence(flags)];
    while (reader.takeIf('|')) {
      place[1] += 1;
      branches.push(this.#sequence(flags));
    }
    this.#path.pop();
    return branches.length === 1 ? (branches[0] as Node) : { type: 'choice', branches, start, end: reader.at };
  }

  #sequence(flags: JavaScriptFlags): Node {
    const reader = this.#reader;
    const items: Node[] = [];
    const start = reader.at;
    while (reader.next !== '' && reader.next !== '|' && reader.next !== ')') items.push(this.#term(flags));
    if (items.length === 0) return emptyAt(start);
    return items.length === 1 ? (items[0] as Node) : { type: 'sequence', items, start, end: reader.at };
  }

  #term(flags: JavaScriptFlags): Node {
    const reader = this.#reader;
    const start = reader.at;
    if (parseQuantifier(reader) !== undefined) reader.fail('nothing to repeat', repeatCure, start);
    const token = reader.take();
    const body = this.#item(token, flags, start);
    const at = reader.at;
    const count = parseQuantifier(reader);
    if (count === undefined) return body;
    // The flag u refuses a quantifier behind any assertion.
    const isAssertion = /^(?:[\^$]|\\[bB])$/.test(token) || /^\(\?<?[=!]/.test(reader.source.slice(start, start + 4));
    if (isAssertion) reader.fail('nothing to repeat: an assertion takes no quantifier', 'put it into (?:…)', at);
    const mode = reader.takeIf('?') ? 'lazy' : 'greedy';
    return { type: 'repeat', body, min: count.min, max: count.max, mode, start, end: reader.at };
  }

  #item(token: string, flags: JavaScriptFlags, start: number): Node {
    switch (token) {
      case '.':
        return this.#char(flags.dotAll ? anyChar : allButTerminators, start);
      case '^':
      case '$':
      case '\\b':
      case '\\B':
        return assertionNode(token, flags, { start, end: this.#reader.at });
      case '[':
        return this.#char(parseClass(this.#reader, flags.ignoreCase), start);
      case '(':
        return this.#parenthesis(flags, start);
      case '\\k':
        return this.#namedReference(flags, start);
    }
    if (token.length === 1 || !token.startsWith('\\')) {
      return this.#char(charUnder(token.codePointAt(0) as number, flags.ignoreCase), start);
    }
    if (/^\\[1-9]$/.test(token)) {
      const group = Number(token.slice(1) + this.#reader.takeDigits());
      return this.#reference(group, flags, start, start);
    }
    const escaped = parseEscape(this.#reader, token, flags.ignoreCase);
    if ('code' in escaped) return this.#char(charUnder(escaped.code, flags.ignoreCase), start);
    return this.#char(setOfRanges(escaped.ranges, false, flags.ignoreCase), start);
  }

  #char(set: CharSet, start: number): Node {
    return { type: 'char', set, start, end: this.#reader.at };
  }

  #namedReference(flags: JavaScriptFlags, start: number): Node {
    const reader = this.#reader;
    if (!reader.takeIf('<')) reader.fail('\\k without a name', 'write \\k<name>', start);
    const at = reader.at;
    return this.#reference(this.#groups.takeName(at), flags, start, at);
  }

  /** @param at where the number or the name stands */
  #reference(group: number | string, { ignoreCase }: JavaScriptFlags, start: number, at: number): Node {
    const groups = this.#groups.referenced(group, at);
    const end = this.#reader.at;
    const items = groups.map(
      (index): Node => ({ type: 'back-reference', group: index, ignoreCase, ascii: false, start, end }),
    );
    return items.length === 1 ? (items[0] as Node) : { type: 'sequence', items, start, end };
  }

  #parenthesis(flags: JavaScriptFlags, start: number): Node {
    const reader = this.#reader;
    if (!reader.takeIf('?')) return this.#capture(undefined, flags, start);
    const kind = reader.next;
    if (beginsModifiers(kind)) {
      const changed = parseModifiers(reader, flags);
      return this.#inside(start, changed);
    }
    reader.take();
    switch (kind) {
      case ':':
        return this.#inside(start, flags);
      case '=':
      case '!':
        return this.#lookAhead(kind === '!', flags, start);
      case '<':
        if (reader.takeIf('=')) return this.#lookBehind(false, flags, start);
        if (reader.takeIf('!')) return this.#lookBehind(true, flags, start);
        return this.#capture(reader.at, flags, start);
    }
    const cure =
      kind === 'P' || kind === "'"
        ? 'write (?<name>…) or \\k<name>'
        : 'write \\( for a parenthesis, or (?:…) for a group';
    return reader.fail(`unknown group (?${kind}`, cure, start);
  }

  /** Parses a body and takes the `)` that closes what began at `start`. */
  #inside(start: number, flags: JavaScriptFlags): Node {
    const reader = this.#reader;
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      reader.fail(`more than ${maxDepth} groups inside each other`, 'write the pattern with fewer groups', start);
    }
    const node = this.#choice(flags);
    this.#depth -= 1;
    if (!reader.takeIf(')')) reader.fail('missing ")", unterminated group', closeCure, start);
    return node;
  }

  /** @param nameAt where the group's name begins */
  #capture(nameAt: number | undefined, flags: JavaScriptFlags, start: number): Node {
    const groups = this.#groups;
    const index = groups.open();
    const name = nameAt === undefined ? undefined : groups.takeName(nameAt);
    if (name !== undefined) {
      const path = this.#path.map(([choice, branch]) => [choice, branch] as const);
      groups.name(name, index, path, nameAt as number);
    }
    const body = this.#inside(start, flags);
    groups.close(index, body);
    return { type: 'group', index, name, body, start, end: this.#reader.at };
  }

  #lookAhead(negated: boolean, flags: JavaScriptFlags, start: number): LookNode {
    const body = this.#inside(start, flags);
    return { type: 'look', behind: false, negated, body, width: 0, start, end: this.#reader.at };
  }

  #lookBehind(negated: boolean, flags: JavaScriptFlags, start: number): Node {
    const reader = this.#reader;
    const body = this.#inside(start, flags);
    const node = lookBehindNode(body, negated, { start, end: reader.at }, this.#groups.widthOf);
    if (isExpressible(node)) return node;
    return reader.fail(node.fault, node.cure, start, 'ERR_LOG_MATCHER_UNSUPPORTED');
  }
}

/** What a JavaScript pattern is parsed with. */
export interface JavaScriptParseOptions {
  /** The flag `i`. Default false. */
  readonly ignoreCase?: boolean;
  /** The flag `m`. Default false. */
  readonly multiline?: boolean;
  /** The flag `s`. Default false. */
  readonly dotAll?: boolean;
  /** Index to name in errors. */
  readonly pattern?: number;
}

/**
 * Parses the source of a JavaScript regular expression (ECMAScript 2025), which means what it means to `RegExp` with the
 * flag `u`. What the flag accepts is accepted, and beyond that:
 *
 * - any character but a letter or digit behind a backslash (`\-`, `\"`), and `{`, `}`, `]` standing for themselves, as
 *   without the flag;
 * - modifiers `(?i:…)`, and one name for several groups in different branches, also where the running V8 is too old.
 *
 * Refused as unsupported are back-references in a look-behind, a look-behind of unbounded length, one of several lengths
 * with a group inside, and groups more than 200 deep. `\p{…}` and case go by the running V8's Unicode data.
 *
 * @throws LogMatcherError `ERR_LOG_MATCHER_SYNTAX` or `ERR_LOG_MATCHER_UNSUPPORTED`, with the column and a cure
 */
export function parseJavaScriptPattern(source: string, options: JavaScriptParseOptions = {}): ParsedPattern {
  const { ignoreCase = false, multiline = false, dotAll = false, pattern } = options;
  return new JavaScriptParser(source, { ignoreCase, multiline, dotAll }, pattern).parse();
}
