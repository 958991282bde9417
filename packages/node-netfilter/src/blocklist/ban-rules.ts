import type { Rule } from '../ruleset/rule.ts';
import type { Statement } from '../ruleset/statement.ts';
import type { Settings } from './settings.ts';

const accept: Statement = { kind: 'verdict', verdict: 'accept' };

/** What passes whatever is blocked: the beginning of the chain `ban`. */
export function banRules({ table, passEstablished }: Settings): readonly Rule[] {
  const rule = (...statements: Statement[]): Rule => ({ family: 'inet', table, chain: 'ban', statements });
  return [
    rule({ kind: 'loopback' }, accept),
    // Only answers: what a blocked one began goes on no more.
    ...(passEstablished ? [rule({ kind: 'established' }, { kind: 'reply' }, accept)] : []),
    rule({ kind: 'source', family: 4, prefix: 32, set: 'allow4' }, accept),
    rule({ kind: 'source', family: 6, prefix: 128, set: 'allow6' }, accept),
  ];
}
