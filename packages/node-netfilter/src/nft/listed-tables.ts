import { keyFields } from '../keys/key-fields.ts';
import type { Chain, ChainBase } from '../ruleset/chain.ts';
import type { Family } from '../ruleset/family.ts';
import type { RuleInfo } from '../ruleset/rule.ts';
import type { KeyType, NftSet, SetFlag } from '../ruleset/set.ts';
import type { Table, TableFlag } from '../ruleset/table.ts';

/** A table and what is in it. */
export interface ListedTable {
  readonly table: Table;
  readonly chains: readonly Chain[];
  readonly rules: readonly RuleInfo[];
  readonly sets: readonly NftSet[];
}

interface Block {
  readonly kind: string;
  readonly name: string;
  readonly handle: { readonly handle?: bigint };
  readonly lines: string[];
}

const tableLine = /^table (\w+) (\S+) \{/;
const blockLine = /^\t(\S.*) (\S+) \{(?: # handle \d+)?$/;
const handleEnd = / # handle (\d+)$/;
const chainLine = /^type (\w+) hook (\w+)(?: devices? (.*?))? priority (-?\d+);(?: policy (\w+);)?$/;
const commentEnd = / comment "([^"]*)"$/;

const handleOf = (line: string): { handle?: bigint } => {
  const [, digits] = handleEnd.exec(line) ?? [];
  return digits === undefined ? {} : { handle: BigInt(digits) };
};

/** What a line of a block says: `flags a,b` gives `a,b` for `flags`. */
const wordOf = (lines: readonly string[], word: string): string | undefined =>
  lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);

function baseOf(lines: readonly string[]): ChainBase | undefined {
  for (const line of lines) {
    const [, type, hook, devices, priority, policy] = chainLine.exec(line) ?? [];
    if (type === undefined) continue;
    return {
      type: type as ChainBase['type'],
      hook: hook as ChainBase['hook'],
      priority: Number(priority),
      ...(devices !== undefined && { devices: devices.replace(/^= \{ | \}$|"/g, '').split(', ') }),
      policy: policy === 'drop' ? 'drop' : 'accept',
    };
  }
  return undefined;
}

function rulesOf(lines: readonly string[]): Pick<RuleInfo, 'handle' | 'comment'>[] {
  return lines.flatMap((line) => {
    const { handle } = handleOf(line);
    const comment = commentEnd.exec(line.replace(handleEnd, ''))?.[1];
    return handle === undefined ? [] : [{ handle, ...(comment !== undefined && { comment }) }];
  });
}

function setOf(lines: readonly string[]): Pick<NftSet, 'key' | 'flags' | 'maxElements' | 'counters'> {
  const key = (wordOf(lines, 'type')?.split(' . ') ?? []) as KeyType[];
  const size = wordOf(lines, 'size');
  return {
    key: key.every((type) => keyFields.has(type)) ? key : [],
    flags: (wordOf(lines, 'flags')?.split(',') ?? []) as SetFlag[],
    ...(size !== undefined && { maxElements: Number(size) }),
    ...(lines.includes('counter') && { counters: true }),
  };
}

/** The blocks of a table, each with its lines. */
function* blocksOf(lines: readonly string[]): Generator<Block> {
  let block: Block | undefined;
  for (const line of lines) {
    const [, kind, name] = blockLine.exec(line) ?? [];
    if (line === '\t}') {
      if (block !== undefined) yield block;
      block = undefined;
    } else if (block !== undefined) block.lines.push(line.slice(2));
    else if (kind !== undefined && name !== undefined) block = { kind, name, handle: handleOf(line), lines: [] };
  }
}

function tableOf(family: Family, table: string, head: string, lines: readonly string[]): ListedTable {
  const ref = { family, table };
  const blocks = [...blocksOf(lines)];
  const chains = blocks.filter(({ kind }) => kind === 'chain');
  // Before the first block, that is with a single tab.
  const flags =
    lines
      .find((line) => line.startsWith('\tflags '))
      ?.slice('\tflags '.length)
      .split(',') ?? [];
  return {
    table: { ...ref, flags: flags as TableFlag[], ...handleOf(head) },
    chains: chains.map(({ name, handle, lines: of }) => {
      const base = baseOf(of);
      return { ...ref, chain: name, ...(base !== undefined && { base }), ...handle };
    }),
    rules: chains.flatMap(({ name, lines: of }) => rulesOf(of).map((rule) => ({ ...ref, chain: name, ...rule }))),
    sets: blocks
      .filter(({ kind }) => kind === 'set')
      .map(({ name, handle, lines: of }) => ({ ...ref, set: name, ...setOf(of), ...handle })),
  };
}

/**
 * Reads what `nft -a -y -t list ruleset` or `… list table` prints. Text, because nft 1.0.6 puts garbage into its JSON for
 * a table's flags, and leaves out the devices of a chain.
 */
export function listedTables(text: string): readonly ListedTable[] {
  const tables: ListedTable[] = [];
  let inside: string[] = [];
  let head = '';
  for (const line of text.split('\n')) {
    if (tableLine.test(line)) {
      head = line;
      inside = [];
    } else if (line === '}') {
      const [, family, table] = tableLine.exec(head) ?? [];
      if (family !== undefined && table !== undefined) tables.push(tableOf(family as Family, table, head, inside));
    } else inside.push(line);
  }
  return tables;
}
