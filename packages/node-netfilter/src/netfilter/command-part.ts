import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';

/** A command, or some of its elements, and where it stands in the list that it is from. */
export class CommandPart {
  readonly command: Command;
  /** In the whole list. */
  readonly index: number;
  /** For each element its index in the whole command; undefined when all are there. */
  readonly #elements: readonly number[] | undefined;

  constructor(command: Command, index: number, elements?: readonly number[]) {
    this.command = command;
    this.index = index;
    this.#elements = elements;
  }

  /** How much there is to be put into effect: elements, or one. */
  get size(): number {
    return 'elements' in this.command ? Math.max(1, this.command.elements.length) : 1;
  }

  static whole(this: void, command: Command, index: number): CommandPart {
    return new CommandPart(command, index);
  }

  /** A fault of this part, as one of the whole. */
  fault({ element, error }: CommandFault): CommandFault {
    if (element === undefined) return { command: this.index, error };
    return { command: this.index, element: this.#elements?.[element] ?? element, error };
  }

  /** Without some elements; undefined when none is left. */
  without(guilty: ReadonlySet<number>): CommandPart | undefined {
    return this.#kept((at) => !guilty.has(at));
  }

  /** The first elements and the others; undefined when there are not two. */
  halves(): readonly (readonly CommandPart[])[] | undefined {
    if (!('elements' in this.command) || this.command.elements.length < 2) return undefined;
    const half = this.command.elements.length >> 1;
    return [this.#kept((at) => at < half), this.#kept((at) => at >= half)].map((part) => (part ? [part] : []));
  }

  #kept(isKept: (at: number) => boolean): CommandPart | undefined {
    if (!('elements' in this.command)) return this;
    const at = this.command.elements.map((_, index) => index).filter(isKept);
    if (at.length === 0) return undefined;
    const { command } = this;
    const elements = at.map((index) => command.elements[index] as (typeof command.elements)[number]);
    return new CommandPart(
      { ...command, elements },
      this.index,
      this.#elements ? at.map((n) => this.#elements?.[n] as number) : at,
    );
  }
}
