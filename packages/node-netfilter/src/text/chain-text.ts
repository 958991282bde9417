import type { ChainBase, Hook } from '../ruleset/chain.ts';
import { checkedDevice, checkedInteger, checkedWord } from './checked.ts';

const types: readonly ChainBase['type'][] = ['filter', 'nat', 'route'];
const hooks: readonly Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting', 'ingress', 'egress'];
const policies: readonly NonNullable<ChainBase['policy']>[] = ['accept', 'drop'];

function devicesText(devices: readonly string[]): string {
  const names = devices.map((device) => `"${checkedDevice(device)}"`);
  if (names.length === 0) return '';
  return names.length === 1 ? ` device ${names[0]}` : ` devices = { ${names.join(', ')} }`;
}

/** Where a chain stands, in braces; undefined for one that others jump to. */
export function chainText(base: ChainBase | undefined): string | undefined {
  if (base === undefined) return undefined;
  const { devices = [], policy } = base;
  const type = checkedWord('the type of a chain', base.type, types);
  const hook = checkedWord('the hook of a chain', base.hook, hooks) + devicesText(devices);
  const priority = checkedInteger('priority', base.priority, -(2 ** 31), 2 ** 31 - 1);
  const ending = policy === undefined ? '' : ` policy ${checkedWord('policy', policy, policies)};`;
  return `{ type ${type} hook ${hook} priority ${priority};${ending} }`;
}
