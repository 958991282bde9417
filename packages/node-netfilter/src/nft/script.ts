import { errorOfFaults } from '../netfilter/error-of-faults.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import { type NftStatement, statementHead, statementLine } from '../text/nft-statement.ts';
import { nftStatements } from '../text/nft-statements.ts';

/** What a place in a script is about. */
export interface ScriptPlace {
  readonly command: number;
  readonly element?: number;
  /** What of the statement it is; undefined for the whole. */
  readonly part?: 'table' | 'chain' | 'set' | 'counter' | 'element' | 'statement';
  /** Whether the line only adds what is deleted next. */
  readonly isFiller: boolean;
}

export interface ScriptOptions {
  /** Each element in a statement of its own, so that nft and the kernel look at all of them. */
  readonly everyFault?: boolean;
  /** Elements that are known not to be there, as {@link absentKey} gives them: they need not be deleted. */
  readonly absent?: ReadonlySet<string>;
}

/** An element that a deletion may leave out. */
export const absentKey = (command: number, element: number): string => `${command} ${element}`;

interface Line {
  readonly statement: NftStatement;
  readonly command: number;
  /** -1: it is the head of the statement. */
  readonly element: number;
}

/**
 * Between two statements that add elements to one set, where these must not become one: nft 1.0.6 runs such statements
 * in another order than they stand in.
 */
const separator = 'describe ipv4_addr';

/** A text for `nft -f` that does what commands say, in one transaction. Each element stands on a line of its own. */
export class Script {
  readonly #text: string[] = [];
  readonly #lines: (Line | undefined)[] = [];
  readonly #options: ScriptOptions;
  /** Head of the statement whose braces are open. */
  #open: string | undefined;

  /** @throws NodeNetfilterError whose faults are all bad names and keys of the commands */
  constructor(commands: readonly Command[], options: ScriptOptions = {}) {
    this.#options = options;
    const faults: CommandFault[] = [];
    for (const [command, of] of commands.entries()) {
      try {
        for (const statement of nftStatements(of)) this.#write(statement, command);
      } catch (error) {
        if (!(error instanceof NodeNetfilterError)) throw error;
        const all = error.faults.length > 0 ? error.faults : [{ command, error }];
        faults.push(...all.map((fault) => ({ ...fault, command })));
      }
    }
    if (faults.length > 0) throw errorOfFaults(faults);
    this.#close();
  }

  /** Empty when there is nothing to do. */
  get text(): string {
    return this.#text.length === 0 ? '' : `${this.#text.join('\n')}\n`;
  }

  /** What a 1-based line and column are about. */
  placeOf(line: number, column: number): ScriptPlace | undefined {
    const at = this.#lines[line - 1];
    if (at === undefined) return undefined;
    const { statement, command, element } = at;
    const common = { command, isFiller: statement.isFiller === true };
    if (element >= 0 && (this.#options.everyFault !== true || column > elementColumn(statement)))
      return { ...common, element, part: 'element' };
    const part = partAt(statement, column);
    return { ...common, ...(part !== undefined && { part }) };
  }

  #write(statement: NftStatement, command: number): void {
    const { elements } = statement;
    if (elements === undefined) {
      this.#close();
      this.#push(statementLine(statement), { statement, command, element: -1 });
    } else this.#writeElements(statement, elements, command);
  }

  #writeElements(statement: NftStatement, elements: readonly string[], command: number): void {
    const { everyFault = false, absent } = this.#options;
    const head = statementHead(statement);
    for (const [n, text] of elements.entries()) {
      const element = statement.indices?.[n] ?? n;
      if (absent?.has(absentKey(command, element)) === true && statement.indices !== undefined) continue;
      const line = { statement, command, element };
      if (everyFault) {
        if (this.#open === head && statement.verb !== 'delete') this.#push(separator);
        this.#open = head;
        this.#push(`${head} { ${text} }`, line);
        continue;
      }
      if (this.#open !== head) {
        this.#close();
        this.#open = head;
        this.#push(`${head} {`, { ...line, element: -1 });
      } else this.#text.push(`${this.#text.pop()},`);
      this.#push(text, line);
    }
  }

  #close(): void {
    if (this.#open !== undefined && this.#options.everyFault !== true) this.#push('}');
    this.#open = undefined;
  }

  #push(text: string, line?: Line): void {
    this.#text.push(text);
    this.#lines.push(line);
  }
}

/** Column that ends the head of a statement with an element on its line. */
const elementColumn = (statement: NftStatement): number => statementHead(statement).length + 1;

function partAt(statement: NftStatement, column: number): ScriptPlace['part'] {
  const { verb, object, family, table, name } = statement;
  const tableColumn = `${verb} ${object} ${family} `.length + 1;
  if (column === tableColumn) return 'table';
  const nameColumn = tableColumn + table.length + 1;
  if (name !== undefined && column === nameColumn) {
    if (object === 'element') return 'set';
    return object === 'rule' || object === 'table' ? 'chain' : object;
  }
  return column > nameColumn ? 'statement' : undefined;
}
