import type { Rule } from '../ruleset/rule.ts';
import type { Statement } from '../ruleset/statement.ts';
import type { Settings } from './settings.ts';

const counted: Statement = { kind: 'counter', name: 'denied' };
const drop: Statement = { kind: 'verdict', verdict: 'drop' };
const tcp: Statement = { kind: 'protocol', protocol: 'tcp' };
const reset: Statement = { kind: 'reject', with: 'tcp-reset' };

/** What a blocked network's packets get: the chain `deny`. */
export function denyRules({ table, deny, cut }: Settings): readonly Rule[] {
  const rule = (...statements: Statement[]): Rule => ({ family: 'inet', table, chain: 'deny', statements });
  const denied = {
    drop: [rule(counted, drop)],
    reject: [rule(counted, { kind: 'reject', with: 'port-unreachable' })],
    reset: [rule(tcp, counted, reset), rule(counted, drop)],
  };
  return [
    // A blocked network may be the one this machine is in. Without neighbour discovery it would lose its router, too.
    rule({ kind: 'neighbour-discovery' }, { kind: 'verdict', verdict: 'accept' }),
    ...(cut === 'reset' && deny !== 'reset' ? [rule(tcp, { kind: 'tcp-running' }, counted, reset)] : []),
    ...denied[deny],
  ];
}
