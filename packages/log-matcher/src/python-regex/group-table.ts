import type { Node } from './ast.ts';
import type { PatternReader } from './pattern-reader.ts';
import { type Width, widthOf } from './width.ts';

const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** The groups of a pattern while it is parsed, and the rules for what may refer to them. */
export class GroupTable {
  readonly names: Map<string, number[]> = new Map();
  readonly #reader: PatternReader;
  /** Width of each closed group; undefined while it is open. Index 0 is the whole match, which never closes. */
  readonly #widths: (Width | undefined)[] = [undefined];
  /** Groups that existed when the outermost look-behind began. */
  #beforeLookBehind: number | undefined;
  readonly #forward: { group: number; at: number }[] = [];

  constructor(reader: PatternReader) {
    this.#reader = reader;
  }

  get count(): number {
    return this.#widths.length - 1;
  }

  readonly widthOf = (group: number): Width => this.#widths[group] ?? [0, Number.POSITIVE_INFINITY];

  open(name: string | undefined): number {
    const index = this.#widths.push(undefined) - 1;
    if (name === undefined) return index;
    const known = this.names.get(name);
    if (known === undefined) this.names.set(name, [index]);
    else known.push(index);
    return index;
  }

  close(index: number, body: Node): void {
    // Now, so that each body is gone through once and a chain of references needs no recursion.
    this.#widths[index] = widthOf(body, this.widthOf);
  }

  inLookBehind<T>(parse: () => T): T {
    const outermost = this.#beforeLookBehind === undefined;
    if (outermost) this.#beforeLookBehind = this.#widths.length;
    const result = parse();
    if (outermost) this.#beforeLookBehind = undefined;
    return result;
  }

  checkName(name: string, at: number): void {
    if (identifier.test(name)) return;
    this.#reader.fail(
      `bad character in group name "${this.#reader.shown(name)}"`,
      'use letters, digits and _, no digit first',
      at,
    );
  }

  /** Number of the last group of that name. */
  numberOf(name: string, at: number): number {
    this.checkName(name, at);
    const group = this.names.get(name)?.at(-1);
    return (
      group ??
      this.#reader.fail(
        `unknown group name "${this.#reader.shown(name)}"`,
        `name a group before it: (?P<${this.#reader.shown(name)}>…)`,
        at,
      )
    );
  }

  /** Refuses a back-reference to a group that is unknown, still open, or of the same look-behind. */
  checkReference(group: number, at: number): void {
    if (group >= this.#widths.length) {
      this.#reader.fail(`invalid group reference ${group}`, `refer to a group up to ${this.count}`, at);
    }
    if (this.#widths[group] === undefined) {
      this.#reader.fail('cannot refer to an open group', 'refer to it behind its ")"', at);
    }
    this.#checkLookBehind(group, at);
  }

  /** Group that `(?(…)` names; one by number may still come. */
  conditionOf(name: string, at: number): number {
    if (identifier.test(name)) {
      const group = this.numberOf(name, at);
      this.#checkLookBehind(group, at);
      return group;
    }
    if (!/^\d+$/.test(name) || Number(name) === 0) {
      this.#reader.fail(
        `bad group "${this.#reader.shown(name)}" in a conditional`,
        'write (?(1)…) or (?(name)…); groups count from 1',
        at,
      );
    }
    const group = Number(name);
    this.#forward.push({ group, at });
    this.#checkLookBehind(group, at);
    return group;
  }

  #checkLookBehind(group: number, at: number): void {
    if (this.#beforeLookBehind === undefined) return;
    if (this.#widths[group] === undefined || group >= this.#beforeLookBehind) {
      this.#reader.fail(
        'cannot refer to a group of the same look-behind',
        'refer to a group that closes before the look-behind',
        at,
      );
    }
  }

  checkForwardReferences(): void {
    for (const { group, at } of this.#forward) {
      if (group > this.count)
        this.#reader.fail(`invalid group reference ${group}`, `refer to a group up to ${this.count}`, at);
    }
  }
}
