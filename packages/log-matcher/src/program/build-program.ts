import { type CharSet, singleChar } from '../chars/char-set.ts';
import type {
  BackReferenceNode,
  ConditionalNode,
  GroupNode,
  LookNode,
  Node,
  ParsedPattern,
  RepeatNode,
  Semantics,
} from '../python-regex/ast.ts';
import { slotCount } from '../slot-count.ts';
import { behindSets } from './behind-sets.ts';
import { type Dimension, type Environment, environmentOf, groupNodes, valueIn, withValue } from './environment.ts';
import { failure, InstructionList } from './instruction-list.ts';
import { orderProgram } from './order-program.ts';
import { assertionKinds, Op, type Program } from './program.ts';

/** For each state of the environment the instruction at which a part of the pattern begins. */
type Entries = Int32Array;

const charsOf = (text: string): readonly number[] => Array.from(text, (char) => char.codePointAt(0) as number);

/**
 * Writes a pattern from its end to its beginning: each part is told where the pattern goes on behind it, for each state
 * of the environment, and answers where it begins.
 */
class Builder {
  readonly list = new InstructionList();
  readonly #environment: Environment;
  readonly #semantics: Semantics;
  /** Loops around the present part that have to know whether an iteration took a character. */
  #active: readonly Dimension[] = [];

  constructor(environment: Environment, semantics: Semantics) {
    this.#environment = environment;
    this.#semantics = semantics;
  }

  entries(entryOf: (state: number) => number): Entries {
    return Int32Array.from({ length: this.#environment.size }, (_, state) => entryOf(state));
  }

  /** Entries that are made once for each place that they lead to. */
  #shared(next: Entries, make: (next: number) => number): Entries {
    const made = new Map<number, number>();
    return this.entries((state) => {
      const target = next[state] as number;
      let entry = made.get(target);
      if (entry === undefined) {
        entry = make(target);
        made.set(target, entry);
      }
      return entry;
    });
  }

  #afterChar(state: number): number {
    return this.#active.reduce((known, loop) => withValue(known, loop, 1), state);
  }

  node(node: Node, next: Entries): Entries {
    const { list } = this;
    switch (node.type) {
      case 'char':
        return this.#char(node.set, next);
      case 'sequence':
        return node.items.reduceRight((entries, item) => this.node(item, entries), next);
      case 'choice':
        return node.branches
          .map((branch) => this.node(branch, next))
          .reduceRight((second, first) => this.#split(first, second));
      case 'group':
        return this.#group(node, next);
      case 'repeat':
        return this.#repeat(node, next);
      case 'assertion': {
        const kind = assertionKinds.indexOf(node.kind);
        return this.#shared(next, (target) => list.before(Op.assert, kind, target, node.ascii ? 1 : 0));
      }
      case 'look':
        return node.behind ? this.#behind(node, next) : this.#ahead(node, next);
      case 'back-reference':
        return this.#reference(node, next);
      case 'conditional':
        return this.#conditional(node, next);
      case 'atomic':
        throw new TypeError('an atomic group has no automaton');
    }
  }

  #char(set: CharSet, next: Entries): Entries {
    const index = this.list.indexOf(set);
    const behind = this.entries((state) => next[this.#afterChar(state)] as number);
    return this.#shared(behind, (target) => this.list.before(Op.char, index, target));
  }

  #split(first: Entries, second: Entries): Entries {
    const made = new Map<string, number>();
    return this.entries((state) => {
      const a = first[state] as number;
      const b = second[state] as number;
      const key = `${a},${b}`;
      const entry = made.get(key) ?? this.list.split(a, b);
      made.set(key, entry);
      return entry;
    });
  }

  #capture(slot: number, next: Entries): Entries {
    return this.#shared(next, (target) => this.list.before(Op.capture, slot, target));
  }

  #group({ index, body }: GroupNode, next: Entries): Entries {
    const tracked = this.#environment.groups.get(index);
    if (tracked?.texts === undefined) {
      const set = tracked === undefined ? next : this.entries((state) => next[withValue(state, tracked, 1)] as number);
      return this.#capture(2 * index, this.node(body, this.#capture(2 * index + 1, set)));
    }
    const ways = tracked.texts.map((text, at) => {
      const set = this.entries((state) => next[withValue(state, tracked, at + 1)] as number);
      return this.#capture(2 * index, this.#text(text, this.#capture(2 * index + 1, set)));
    });
    return ways.reduceRight((second, first) => this.#split(first, second));
  }

  #text(text: string, next: Entries): Entries {
    return charsOf(text).reduceRight((entries, code) => this.#char(singleChar(code), entries), next);
  }

  #reference({ group }: BackReferenceNode, next: Entries): Entries {
    const tracked = this.#environment.groups.get(group);
    const texts = tracked?.texts ?? [];
    const unset = this.#semantics === 'javascript' ? next : this.entries(() => failure);
    const ways = [unset, ...texts.map((text) => this.#text(text, next))];
    return this.entries(
      (state) => (ways[tracked === undefined ? 0 : valueIn(state, tracked)] as Entries)[state] as number,
    );
  }

  #conditional({ group, yes, no }: ConditionalNode, next: Entries): Entries {
    const tracked = this.#environment.groups.get(group) as Dimension;
    const ways = [this.node(no, next), this.node(yes, next)] as const;
    return this.entries((state) => ways[valueIn(state, tracked) === 0 ? 0 : 1][state] as number);
  }

  #behind({ body, negated }: LookNode, next: Entries): Entries {
    const sets = (behindSets(body) ?? []).map((set) => this.list.indexOf(set));
    const test = (set: number, target: Entries): Entries =>
      this.#shared(target, (at) => this.list.before(Op.behind, set, at, negated ? 1 : 0));
    if (negated) return sets.reduceRight((entries, set) => test(set, entries), next);
    return sets.map((set) => test(set, next)).reduceRight((second, first) => this.#split(first, second));
  }

  #ahead({ body, negated }: LookNode, next: Entries): Entries {
    const around = this.#active;
    this.#active = [];
    const match = this.list.emit(Op.match, 0, 0);
    const inside = this.node(
      body,
      this.entries(() => match),
    );
    this.#active = around;
    const { list } = this;
    return this.entries((state) => {
      const first = inside[state] as number;
      if (first === failure) return negated ? (next[state] as number) : failure;
      return list.before(Op.look, first, next[state] as number, negated ? 1 : 0);
    });
  }

  #repeat(node: RepeatNode, next: Entries): Entries {
    const { body, min, max, mode } = node;
    const progress = this.#environment.loops.get(node);
    const lazy = mode === 'lazy';
    const choose = (more: number, leave: number): number =>
      lazy ? this.list.split(leave, more) : this.list.split(more, leave);
    let entries = next;
    let missing = min;
    if (max === Number.POSITIVE_INFINITY) {
      const heads = this.entries(() => this.list.reserve());
      const first = this.#iteration(body, this.#afterIteration(heads, next, progress), progress);
      for (const [state, head] of heads.entries()) {
        const more = first[state] as number;
        const leave = next[state] as number;
        this.list.join(head, lazy ? leave : more, lazy ? more : leave);
      }
      // An iteration that has to be leads to the same choice as one that may be.
      const reuse = min > 0 && progress === undefined;
      entries = reuse ? first : heads;
      if (reuse) missing -= 1;
    } else {
      for (let optional = max - min; optional > 0; optional--) {
        const again = this.#afterIteration(entries, next, progress);
        const first = this.#iteration(body, again, progress);
        entries = this.entries((state) => choose(first[state] as number, next[state] as number));
      }
    }
    for (; missing > 0; missing--) entries = this.#iteration(body, entries, undefined);
    return entries;
  }

  /** Where an optional iteration leads to: one that took no character ends the loop, and in JavaScript is none. */
  #afterIteration(again: Entries, leave: Entries, progress: Dimension | undefined): Entries {
    if (progress === undefined) return again;
    return this.entries((state) => {
      const outside = withValue(state, progress, 0);
      if (valueIn(state, progress) === 1) return again[outside] as number;
      return this.#semantics === 'javascript' ? failure : (leave[outside] as number);
    });
  }

  #iteration(body: Node, next: Entries, progress: Dimension | undefined): Entries {
    const around = this.#active;
    if (progress !== undefined) this.#active = [...around, progress];
    const inside = this.node(body, next);
    this.#active = around;
    const groups = this.#semantics === 'javascript' ? [...groupNodes(body).keys()] : [];
    if (groups.length === 0) return inside;
    const tracked = groups.map((group) => this.#environment.groups.get(group)).filter((group) => group !== undefined);
    const fresh = this.entries(
      (state) => inside[tracked.reduce((known, group) => withValue(known, group, 0), state)] as number,
    );
    const from = 2 * Math.min(...groups);
    const to = 2 * Math.max(...groups) + 1;
    return this.#shared(fresh, (target) => this.list.before(Op.clear, from, target, to));
  }
}

/**
 * The automaton of a pattern that `regularityOf` has no reason against.
 *
 * Priorities, groups and empty iterations are those of Python's `re`, or of ECMAScript (22.2.2) where the pattern says so.
 */
export function buildProgram(parsed: ParsedPattern): Program {
  const environment = environmentOf(parsed);
  const { semantics } = parsed;
  const builder = new Builder(environment, semantics);
  const match = builder.list.emit(Op.match, 0, 0);
  const first = builder.node(
    parsed.root,
    builder.entries(() => match),
  );
  return orderProgram(builder.list, first[0] as number, slotCount(parsed), semantics);
}
