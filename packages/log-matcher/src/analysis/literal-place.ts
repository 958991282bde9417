import { charSetHas } from '../chars/char-set.ts';
import type { Node, ParsedPattern } from '../python-regex/ast.ts';
import type { Width } from '../python-regex/width.ts';
import { lengthsOf } from './lengths.ts';
import { survey } from './survey.ts';

/** Where a literal stands in a pattern's matches. */
export interface LiteralPlace {
  readonly text: string;
  /** Fewest and most code points between a match's beginning and the literal. */
  readonly before: Width;
  /** Whether its letters stand for both cases. */
  readonly anyCase: boolean;
}

/** Steps that are taken to find one literal. */
const maxSteps = 5000;

/** What follows: told of the index in the literal that has been reached. */
type Behind = (index: number) => boolean;

/** Looks for the first place of a pattern at which a literal can begin and go on. */
class Finder {
  readonly #codes: readonly number[];
  readonly #parsed: ParsedPattern;
  #stepsLeft = maxSteps;
  before: Width | undefined;
  anyCase = false;

  constructor(text: string, parsed: ParsedPattern) {
    this.#codes = Array.from(text, (char) => char.codePointAt(0) as number);
    this.#parsed = parsed;
  }

  #takes(node: Node & { type: 'char' }, index: number): boolean {
    const code = this.#codes[index] as number;
    const other = /[a-z]/i.test(String.fromCodePoint(code)) ? code ^ 0x20 : undefined;
    const takesOther = other !== undefined && charSetHas(node.set, other);
    if (takesOther && charSetHas(node.set, code)) this.anyCase = true;
    return takesOther || charSetHas(node.set, code);
  }

  #row(items: readonly Node[], from: number, index: number, behind: Behind): boolean {
    const item = items[from];
    return item === undefined
      ? behind(index)
      : this.#on(item, index, (next) => this.#row(items, from + 1, next, behind));
  }

  /** Whether the node, and what is behind it, can go on with the literal from an index. */
  #on(node: Node, index: number, behind: Behind): boolean {
    if (index === this.#codes.length) return true;
    this.#stepsLeft -= 1;
    if (this.#stepsLeft < 0) return false;
    switch (node.type) {
      case 'char':
        return this.#takes(node, index) && (index + 1 === this.#codes.length || behind(index + 1));
      case 'sequence':
        return this.#row(node.items, 0, index, behind);
      case 'choice':
        return node.branches.some((branch) => this.#on(branch, index, behind));
      case 'group':
      case 'atomic':
        return this.#on(node.body, index, behind);
      case 'repeat': {
        const loop = (count: number, at: number): boolean =>
          (count < node.max && this.#on(node.body, at, (next) => next > at && loop(count + 1, next))) ||
          (count >= node.min && behind(at));
        return loop(0, index);
      }
      case 'assertion':
      case 'look':
        return behind(index);
      default:
        return false;
    }
  }

  /** Looks inside a node, `before` characters into a match, for the literal's beginning. */
  find(node: Node, before: Width, behind: Behind): boolean {
    this.anyCase = false;
    switch (node.type) {
      case 'char':
        if (!this.#on(node, 0, behind)) return false;
        this.before = before;
        return true;
      case 'sequence': {
        let [min, max] = before;
        return node.items.some((item, index) => {
          const rest: Behind = (next) => this.#row(node.items, index + 1, next, behind);
          const found = this.find(item, [min, max], rest);
          const [least, most] = this.#widthOf(item);
          min += least;
          max += most;
          return found;
        });
      }
      case 'choice':
        return node.branches.some((branch) => this.find(branch, before, behind));
      case 'conditional':
        return [node.yes, node.no].some((branch) => this.find(branch, before, behind));
      case 'group':
      case 'atomic':
        return this.find(node.body, before, behind);
      case 'repeat': {
        const again: Behind = (next) => (node.max > 1 && this.#on(node, next, behind)) || behind(next);
        const others: Node = { ...node, min: 0, max: Math.max(0, node.max - 1) };
        const max = before[1] + this.#widthOf(others)[1];
        return this.find(node.body, [before[0], max], again);
      }
      default:
        return false;
    }
  }

  #widthOf(root: Node): Width {
    return lengthsOf({ ...this.#parsed, root }, survey(root).groups);
  }
}

/** Where each literal stands; undefined for one that the pattern does not spell out. */
export function literalPlaces(parsed: ParsedPattern, texts: readonly string[]): readonly (LiteralPlace | undefined)[] {
  return texts.map((text) => {
    const finder = new Finder(text, parsed);
    finder.find(parsed.root, [0, 0], () => false);
    return finder.before === undefined ? undefined : { text, before: finder.before, anyCase: finder.anyCase };
  });
}
