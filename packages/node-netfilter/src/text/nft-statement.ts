import type { Family } from '../ruleset/family.ts';
import type { TableRef } from '../ruleset/table.ts';
import { checkedName, checkedWord } from './checked.ts';

const families: readonly Family[] = ['inet', 'ip', 'ip6', 'netdev', 'arp', 'bridge'];

/** One statement of nft's language, in parts. */
export interface NftStatement {
  readonly verb: 'add' | 'create' | 'delete' | 'flush';
  readonly object: 'table' | 'chain' | 'rule' | 'counter' | 'set' | 'element';
  readonly family: Family;
  readonly table: string;
  /** Of the chain, the counter or the set. */
  readonly name?: string;
  /** What comes behind the names. */
  readonly rest?: string | undefined;
  /** What stands in braces behind the names: an element each. */
  readonly elements?: readonly string[];
  /** For each of these its index in the command; absent where that is its own. */
  readonly indices?: readonly number[];
  /** Whether it only adds what is deleted next, so that deleting it cannot fail. */
  readonly isFiller?: boolean;
}

/** What begins a statement: whose names have been looked at. */
export function nftStatement(
  verb: NftStatement['verb'],
  object: NftStatement['object'],
  { family, table }: TableRef,
  name?: string,
  rest?: string,
): NftStatement {
  const owner = object === 'element' ? 'set' : object === 'rule' ? 'chain' : object;
  return {
    verb,
    object,
    family: checkedWord('family', family, families),
    table: checkedName('table', table),
    ...(name !== undefined && { name: checkedName(owner, name) }),
    ...(rest !== undefined && { rest }),
  };
}

/** The statement up to its names. */
export function statementHead({ verb, object, family, table, name }: NftStatement): string {
  return `${verb} ${object} ${family} ${table}${name === undefined ? '' : ` ${name}`}`;
}

/** Its text, on one line. */
export function statementLine(statement: NftStatement): string {
  const { rest, elements } = statement;
  const head = statementHead(statement);
  if (elements !== undefined) return `${head} { ${elements.join(', ')} }`;
  return rest === undefined ? head : `${head} ${rest}`;
}
