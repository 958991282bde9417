import { keyFields } from '../keys/key-fields.ts';
import type { RulesetChange } from '../netfilter/ruleset-change.ts';
import type { ChainBase } from '../ruleset/chain.ts';
import type { Family } from '../ruleset/family.ts';
import type { KeyType, NftSet, SetFlag } from '../ruleset/set.ts';
import type { TableFlag } from '../ruleset/table.ts';
import { elementWords } from './element-words.ts';

const generation = /^# new generation (\d+)(?: by process (\d+) \((.*)\))?$/;
const event = /^(add|insert|replace|delete|destroy) (table|chain|rule|set|element) (\w+) (\S+)(?: (.*))?$/s;
const handleEnd = /(?:# )?handle (\d+)\s*$/;
const chainBase = /\{ type (\w+) hook (\w+)(?: devices? (.*?))? priority (-?\d+);(?: policy (\w+);)?/;
const commentEnd = / comment "([^"]*)"\s*$/;

function handleIn(text: string): { handle?: bigint } {
  const [, digits] = handleEnd.exec(text) ?? [];
  return digits === undefined ? {} : { handle: BigInt(digits) };
}

function baseIn(text: string): { base?: ChainBase } {
  const [, type, hook, devices, priority, policy] = chainBase.exec(text) ?? [];
  if (type === undefined) return {};
  const base: ChainBase = {
    type: type as ChainBase['type'],
    hook: hook as ChainBase['hook'],
    priority: Number(priority),
    ...(devices !== undefined && { devices: devices.replace(/^= \{ | \}$|"/g, '').split(', ') }),
    policy: policy === 'drop' ? 'drop' : 'accept',
  };
  return { base };
}

function setIn(text: string): Omit<NftSet, 'family' | 'table' | 'set'> {
  const [, digits, body = ''] = /^\{(?: # handle (\d+))? (.*) \}\s*$/s.exec(text) ?? [];
  const words = body.split(';').map((word) => word.trim());
  const after = (word: string): string | undefined =>
    words.find((text) => text.startsWith(`${word} `))?.slice(word.length + 1);
  const key = (after('type')?.split(' . ') ?? []) as KeyType[];
  const size = after('size');
  return {
    key: key.every((type) => keyFields.has(type)) ? key : [],
    flags: (after('flags')?.split(',') ?? []) as SetFlag[],
    ...(size !== undefined && { maxElements: Number(size) }),
    ...(words.includes('counter') && { counters: true }),
    ...(digits !== undefined && { handle: BigInt(digits) }),
  };
}

/** Reads a line of `nft -a -y monitor`; undefined for what is told of nothing that there is a change for. */
export function rulesetEvent(line: string): RulesetChange | undefined {
  if (line.includes('We lost some netlink events')) return { kind: 'overrun' };
  const [, number, processId, processName] = generation.exec(line) ?? [];
  if (number !== undefined)
    return {
      kind: 'generation',
      generation: Number(number),
      ...(processId !== undefined && { processId: Number(processId) }),
      ...(processName !== undefined && { processName }),
    };
  const [, verb, object, family, table, rest = ''] = event.exec(line) ?? [];
  if (verb === undefined || table === undefined) return undefined;
  const ref = { family: family as Family, table };
  const isGone = verb === 'delete' || verb === 'destroy';
  const [name = ''] = rest.split(' ', 1);
  const more = rest.slice(name.length + 1);
  switch (object) {
    case 'table': {
      const flags = (/flags ([\w,]+)/.exec(rest)?.[1]?.split(',') ?? []) as TableFlag[];
      return { kind: isGone ? 'table-deleted' : 'table-added', table: { ...ref, flags, ...handleIn(rest) } };
    }
    case 'chain':
      return {
        kind: isGone ? 'chain-deleted' : 'chain-added',
        chain: { ...ref, chain: name, ...baseIn(more), ...handleIn(more) },
      };
    case 'rule': {
      const comment = commentEnd.exec(more.replace(handleEnd, ''))?.[1];
      const said = comment === undefined ? {} : { comment };
      return {
        kind: isGone ? 'rule-deleted' : 'rule-added',
        rule: { ...ref, chain: name, handle: handleIn(more).handle ?? 0n, ...said },
      };
    }
    case 'set':
      return { kind: isGone ? 'set-deleted' : 'set-added', set: { ...ref, set: name, ...setIn(more) } };
    default: {
      const words = /^\{ (.*) \}\s*$/s.exec(more)?.[1] ?? '';
      return {
        kind: isGone ? 'elements-deleted' : 'elements-added',
        set: { ...ref, set: name },
        elements: [elementWords(words)],
      };
    }
  }
}
