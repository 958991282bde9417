import { formatKey } from '../keys/format-key.ts';
import { setHostBits } from '../keys/set-host-bits.ts';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Rule } from '../ruleset/rule.ts';
import type { Statement } from '../ruleset/statement.ts';
import { checkedInteger, checkedName, checkedWord } from './checked.ts';
import { commentText } from './comment-text.ts';

const addressBytes = { 4: 4, 6: 16 } as const;
const addressTypes = { 4: 'ipv4_addr', 6: 'ipv6_addr' } as const;
const sourceFields = { 4: 'ip saddr', 6: 'ip6 saddr' } as const;
const families: readonly (4 | 6)[] = [4, 6];

function maskText(family: 4 | 6, prefix: number): string {
  const bytes = new Uint8Array(addressBytes[family]).fill(0xff);
  setHostBits(bytes, 0, bytes.length, prefix, false);
  return formatKey(bytes, [addressTypes[family]]);
}

/** The source address, or the network of `prefix` bits that it lies in. */
function sourceText(family: 4 | 6, prefix: number): string {
  if (!families.includes(family)) throw new NodeNetfilterError('OPTION', `family must be 4 or 6, not ${family}`);
  const bits = addressBytes[family] * 8;
  const isWhole = checkedInteger('prefix', prefix, 0, bits) === bits;
  return isWhole ? sourceFields[family] : `${sourceFields[family]} & ${maskText(family, prefix)}`;
}

const setName = (set: string): string => `@${checkedName('set', set)}`;

function verdictText(statement: Statement & { readonly kind: 'verdict' }): string {
  if ('chain' in statement)
    return `${checkedWord('verdict', statement.verdict, ['goto', 'jump'])} ${checkedName('chain', statement.chain)}`;
  return checkedWord('verdict', statement.verdict, ['accept', 'drop', 'return']);
}

function statementText(statement: Statement): string {
  switch (statement.kind) {
    case 'loopback':
      return 'iif "lo"';
    case 'source': {
      const source = sourceText(statement.family, statement.prefix);
      return `${source}${source.includes('&') ? ' ==' : ''} ${setName(statement.set)}`;
    }
    case 'source-port':
      return `${sourceText(statement.family, statement.prefix)} . meta l4proto . th dport ${setName(statement.set)}`;
    case 'destination-port':
      return `th dport ${setName(statement.set)}`;
    case 'protocol':
      return `meta l4proto ${checkedWord('protocol', statement.protocol, ['tcp', 'udp'])}`;
    case 'neighbour-discovery':
      return 'ip6 hoplimit 255 icmpv6 type 133-136';
    case 'tcp-running':
      return 'tcp flags & syn == 0';
    case 'established':
      return 'ct state established,related';
    case 'reply':
      return 'ct direction reply';
    case 'counter':
      return statement.name === undefined ? 'counter' : `counter name "${checkedName('counter', statement.name)}"`;
    case 'verdict':
      return verdictText(statement);
    case 'reject': {
      const answer = checkedWord('with', statement.with, ['port-unreachable', 'tcp-reset']);
      return answer === 'tcp-reset' ? 'reject with tcp reset' : 'reject with icmpx type port-unreachable';
    }
    default: {
      const { kind } = statement as { readonly kind: unknown };
      throw new NodeNetfilterError('OPTION', `there is no statement ${JSON.stringify(kind)}`, { value: kind });
    }
  }
}

/** What a rule does, from left to right. */
export function ruleText({ statements, comment }: Rule): string {
  if (statements.length === 0) throw new NodeNetfilterError('OPTION', 'a rule must have at least one statement');
  return statements.map(statementText).join(' ') + commentText(comment);
}
