import type { Node } from '../python-regex/ast.ts';
import type { PatternReader } from '../python-regex/pattern-reader.ts';
import { type Width, widthOf } from '../python-regex/width.ts';
import { parseUnicodeEscape } from './escapes.ts';

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** The branches of the choices around a place: number of the choice, index of the branch. */
export type BranchPath = readonly (readonly [choice: number, branch: number])[];

const exclude = (a: BranchPath, b: BranchPath): boolean => {
  const branches = new Map(a);
  return b.some(([choice, branch]) => branches.has(choice) && branches.get(choice) !== branch);
};

/** The groups of a pattern while it is parsed. References may come before what they refer to. */
export class JavaScriptGroups {
  readonly names: Map<string, number[]> = new Map();
  readonly #reader: PatternReader;
  /** Width of each closed group; undefined while it is open. Index 0 is the whole match, which never closes. */
  readonly #widths: (Width | undefined)[] = [undefined];
  readonly #paths = new Map<number, BranchPath>();
  /** References that are checked at the end, when all groups are known. */
  readonly #pending: { readonly group: number | string; readonly at: number }[] = [];

  constructor(reader: PatternReader) {
    this.#reader = reader;
  }

  get count(): number {
    return this.#widths.length - 1;
  }

  readonly widthOf = (group: number): Width => this.#widths[group] ?? [0, Number.POSITIVE_INFINITY];

  open(): number {
    return this.#widths.push(undefined) - 1;
  }

  close(index: number, body: Node): void {
    this.#widths[index] = widthOf(body, this.widthOf);
  }

  /** Names a group. Two groups may share a name when no match has both (ECMAScript 2025). */
  name(name: string, index: number, path: BranchPath, at: number): void {
    const others = this.names.get(name) ?? [];
    if (!others.every((other) => exclude(this.#paths.get(other) as BranchPath, path))) {
      const shown = this.#reader.shown(name);
      this.#reader.fail(`the group name "${shown}" stands twice`, 'give one of the groups another name', at);
    }
    this.#paths.set(index, path);
    others.push(index);
    this.names.set(name, others);
  }

  /** Reads a name up to its `>`. */
  takeName(at: number): string {
    const reader = this.#reader;
    let name = '';
    while (!reader.takeIf('>')) {
      const start = reader.at;
      if (reader.next === '') reader.fail('unterminated group name', 'end it with >', at);
      const token = reader.take();
      name += token === '\\u' ? String.fromCodePoint(parseUnicodeEscape(reader, start)) : token;
    }
    if (identifier.test(name)) return name;
    const fault = name === '' ? 'missing group name' : `bad character in group name "${reader.shown(name)}"`;
    return reader.fail(fault, 'use letters, digits, $ and _, no digit first', at);
  }

  /**
   * Groups that a reference can find something in: those that are closed. One that is open, or comes later, has been
   * forgotten by the time the reference is tried, also in a loop, and the reference matches nothing.
   */
  referenced(group: number | string, at: number): readonly number[] {
    this.#pending.push({ group, at });
    const groups = typeof group === 'number' ? [group] : (this.names.get(group) ?? []);
    return groups.filter((index) => this.#widths[index] !== undefined);
  }

  /** Refuses references to groups that never came. */
  checkReferences(): void {
    for (const { group, at } of this.#pending) {
      if (typeof group === 'number' && group > this.count) {
        const cure =
          this.count === 0 ? 'write (…) around what it shall refer to' : `refer to a group up to ${this.count}`;
        this.#reader.fail(`invalid group reference ${group}`, cure, at);
      }
      if (typeof group === 'string' && !this.names.has(group)) {
        const shown = this.#reader.shown(group);
        this.#reader.fail(`unknown group name "${shown}"`, `name a group: (?<${shown}>…)`, at);
      }
    }
  }
}
