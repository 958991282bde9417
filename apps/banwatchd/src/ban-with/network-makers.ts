import {
  type IpsetOptions,
  type IptablesOptions,
  ipset,
  iptables,
  type NetfilterOptions,
  type NginxDenyOptions,
  netfilter,
  nginxDeny,
} from '@sluice/ban-action';
import type { BackendName } from './backend-name.ts';
import { type Maker, maker } from './maker.ts';
import { optionKinds as kind } from './option-kinds.ts';
import type { OptionKinds } from './section.ts';

const prefixes: OptionKinds = { ipv4Prefix: kind.wholeNumber, ipv6Prefix: kind.wholeNumber };

const tables: OptionKinds = {
  ...prefixes,
  chain: kind.text,
  table: kind.text,
  deny: kind.text,
  families: kind.numbers,
  variant: kind.text,
  onStop: kind.text,
  prefix: kind.command,
  timeoutMs: kind.duration,
};

/** What keeps addresses out. */
export const networkMakers: Readonly<
  Record<Extract<BackendName, 'netfilter' | 'ipset' | 'iptables' | 'nginx'>, Maker>
> = {
  netfilter: maker<NetfilterOptions & { readonly ports?: string }>(
    {
      ...prefixes,
      table: kind.text,
      hook: kind.text,
      devices: kind.list,
      priority: kind.wholeNumber,
      deny: kind.text,
      cut: kind.text,
      passEstablished: kind.flag,
      layout: kind.text,
      allow: kind.list,
      maxElements: kind.wholeNumber,
      elementCounters: kind.flag,
      protect: kind.flag,
      onStop: kind.text,
      transport: kind.text,
      command: kind.command,
      timeoutMs: kind.duration,
      watchIntervalMs: kind.duration,
      ports: kind.text,
    },
    ({ ports = 'all', ...options }, section, { table, portsOf, rejects }) => {
      if (ports !== 'all' && ports !== 'jail') throw section.wrongValue('ports', 'all or jail');
      return netfilter({ table, rejects, ...options, ...(ports === 'jail' && { portsOf }) });
    },
  ),
  ipset: maker<IpsetOptions>(
    { ...tables, setPrefix: kind.text, maxElements: kind.wholeNumber, ruleCheckMs: kind.duration },
    (options, _, { rejects }) => ipset({ rejects, ...options }),
  ),
  iptables: maker<IptablesOptions>({ ...tables, ownChain: kind.text }, (options, _, { rejects }) =>
    iptables({ rejects, ...options }),
  ),
  nginx: maker<NginxDenyOptions>(
    {
      ...prefixes,
      file: kind.text,
      format: kind.text,
      reloadCommand: kind.command,
      testCommand: kind.command,
      reloadIntervalMs: kind.duration,
      onStop: kind.text,
      timeoutMs: kind.duration,
    },
    (options, _, { rejects }) => nginxDeny({ rejects, ...options }),
  ),
};
