import type { Network } from '@sluice/pipeline';
import type { ResolvedNetfilterOptions } from './netfilter-options.ts';
import { prefixMask } from './network-key.ts';

type Layout = Pick<
  ResolvedNetfilterOptions,
  'table' | 'hook' | 'priority' | 'deny' | 'banSets' | 'maxElements' | 'allowed'
>;

const addressType = { 4: 'ipv4_addr', 6: 'ipv6_addr' } as const;
const packetField = { 4: 'ip saddr', 6: 'ip6 saddr' } as const;
const families = [4, 6] as const;

function sets(layout: Layout): string[] {
  const { table, banSets, maxElements, allowed } = layout;
  const size = maxElements === undefined ? '' : ` size ${maxElements};`;
  return families.flatMap((family) => {
    const networks = allowed.filter(({ address }) => address.family === family);
    const text = ({ address, prefix }: Network): string => `${address.text}/${prefix}`;
    return [
      `add set inet ${table} allow${family} { type ${addressType[family]}; flags interval; }`,
      `flush set inet ${table} allow${family}`,
      `add element inet ${table} allow${family} { ${networks.map(text).join(', ')} }`,
      // No default timeout: with one, a permanent ban could not be told from one that takes the default.
      `add set inet ${table} ${banSets[family].name} { type ${addressType[family]}; flags timeout;${size} }`,
    ];
  });
}

const neighbourDiscovery = ['nd-router-solicit', 'nd-router-advert', 'nd-neighbor-solicit', 'nd-neighbor-advert'];

function denyRules({ table, deny }: Layout): string[] {
  const counted = `counter name "denied"`;
  const rule = (text: string): string => `add rule inet ${table} deny ${text}`;
  // A banned network may be the one this machine is in. Without neighbour discovery it would lose its router, too.
  const discovery = rule(`ip6 hoplimit 255 icmpv6 type { ${neighbourDiscovery.join(', ')} } accept`);
  const drop = rule(`${counted} drop`);
  if (deny === 'drop') return [discovery, drop];
  if (deny === 'reject') return [discovery, rule(`${counted} reject with icmpx type port-unreachable`)];
  return [discovery, rule(`meta l4proto tcp ${counted} reject with tcp reset`), drop];
}

function banRules(layout: Layout): string[] {
  const rule = (text: string): string => `add rule inet ${layout.table} ban ${text}`;
  const lookUp = (family: 4 | 6): string => {
    const { name, prefix } = layout.banSets[family];
    const isWhole = prefix === (family === 4 ? 32 : 128);
    const key = isWhole ? packetField[family] : `${packetField[family]} & ${prefixMask(family, prefix)} ==`;
    return rule(`${key} @${name} goto deny`);
  };
  return [
    rule('iif "lo" accept'),
    ...families.map((family) => rule(`${packetField[family]} @allow${family} accept`)),
    ...families.map(lookUp),
  ];
}

/**
 * Statements that make the table, in one transaction. Run again they make the chains anew and leave the bans and the
 * counter alone: a chain cannot change its hook or priority, and rules added twice are there twice.
 */
export function startStatements(layout: Layout): string[] {
  const { table, hook, priority } = layout;
  const anew = (chain: string, definition: string): string[] => [
    `add chain inet ${table} ${chain}`,
    `flush chain inet ${table} ${chain}`,
    `delete chain inet ${table} ${chain}`,
    `add chain inet ${table} ${chain}${definition}`,
  ];
  return [
    `add table inet ${table}`,
    `add counter inet ${table} denied`,
    ...sets(layout),
    // First the chain that refers to the other one.
    ...anew('ban', ` { type filter hook ${hook} priority ${priority}; policy accept; }`),
    ...anew('deny', ''),
    ...denyRules(layout),
    ...banRules(layout),
  ];
}

/** Statements for the end. */
export function stopStatements(layout: Layout, onStop: ResolvedNetfilterOptions['onStop']): string[] {
  const { table } = layout;
  if (onStop === 'keep') return [];
  // Adding first makes it no error when the table has gone already.
  if (onStop === 'delete') return [`add table inet ${table}`, `delete table inet ${table}`];
  return families.map((family) => `flush set inet ${table} ${layout.banSets[family].name}`);
}
