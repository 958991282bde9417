import { AddressSet, type Clock, type Metrics, type Network, parseNetwork, type RejectSink } from '@sluice/pipeline';
import { check } from '../options.ts';
import type { BlocklistOptions } from './blocklist-options.ts';
import { steadyClock } from './steady-clock.ts';

/** Options of a block list with their defaults filled in. */
export interface Settings {
  readonly table: string;
  readonly hook: 'prerouting' | 'input' | 'ingress';
  readonly devices: readonly string[];
  readonly priority: number;
  readonly deny: 'drop' | 'reject' | 'reset';
  readonly cut: 'none' | 'reset' | 'kill';
  readonly passEstablished: boolean;
  readonly layout: 'shared' | 'per-list';
  readonly ipv4Prefix: number;
  readonly ipv6Prefix: number;
  /** No network in another. */
  readonly allowed: readonly Network[];
  readonly maxElements: number | undefined;
  readonly elementCounters: boolean;
  readonly protect: boolean;
  readonly onStop: 'keep' | 'flush' | 'delete';
  readonly watchIntervalMs: number;
  readonly maxBatch: number;
  readonly clock: Clock;
  readonly rejects: RejectSink | undefined;
  readonly metrics: Metrics | undefined;
}

const always = ['127.0.0.0/8', '::1', 'fe80::/10'];
const priorities = { prerouting: -310, input: -10, ingress: -500 };
const maxPriority = 2 ** 31 - 1;
const maxTimerMs = 2 ** 31 - 1;

const isTableName = (text: string): boolean => /^[a-z][\w./-]{0,63}$/i.test(text);
const isDevice = (text: unknown): text is string => typeof text === 'string' && /^[!-.0-~]{1,15}$/.test(text);

/** Reads the networks and leaves out those inside others: an interval set refuses overlaps. */
function readAllowed(allow: readonly string[]): Network[] {
  const networks = [...always, ...allow].map((text, n) => {
    const network = typeof text === 'string' ? parseNetwork(text) : undefined;
    if (network === undefined) throw check.bad(`allow[${n - always.length}]`, 'an address or a network', text);
    return network;
  });
  const covered = new AddressSet();
  return networks
    .sort((a, b) => a.prefix - b.prefix)
    .filter((network) => {
      if (covered.has(network.address)) return false;
      covered.add(network);
      return true;
    });
}

/** @throws NodeNetfilterError `ERR_NODE_NETFILTER_OPTION` */
export function settings(options: BlocklistOptions): Settings {
  const table = check.text('table', options.table ?? 'sluice');
  if (!isTableName(table))
    throw check.bad('table', 'a letter and up to 63 letters, digits, `_`, `-`, `.` and `/`', table);
  const hook = check.word('hook', options.hook, 'prerouting', ['prerouting', 'input', 'ingress']);
  const devices = check.list('devices', options.devices, 'names of network devices', isDevice) ?? [];
  if ((hook === 'ingress') !== devices.length > 0)
    throw check.bad('devices', 'at least one device for the hook ingress, and none for others', devices.join());
  const passEstablished = check.flag('passEstablished', options.passEstablished);
  if (passEstablished && hook !== 'input')
    throw check.bad('passEstablished', 'false unless hook is input, which is behind conntrack', true);
  check.signal(options.signal);
  check.object('clock', options.clock, ['nowMs']);
  check.object('rejects', options.rejects, ['next']);
  check.object('metrics', options.metrics, ['add']);
  return {
    table,
    hook,
    devices,
    priority: check.integer('priority', options.priority, priorities[hook], -maxPriority - 1, maxPriority),
    deny: check.word('deny', options.deny, 'drop', ['drop', 'reject', 'reset']),
    cut: check.word('cut', options.cut, 'none', ['none', 'reset', 'kill']),
    passEstablished,
    layout: check.word('layout', options.layout, 'shared', ['shared', 'per-list']),
    ipv4Prefix: check.integer('ipv4Prefix', options.ipv4Prefix, 32, 8, 32),
    ipv6Prefix: check.integer('ipv6Prefix', options.ipv6Prefix, 64, 16, 128),
    allowed: readAllowed(check.texts('allow', options.allow) ?? []),
    maxElements: check.integer('maxElements', options.maxElements, undefined, 1, 2 ** 32 - 1),
    elementCounters: check.flag('elementCounters', options.elementCounters),
    protect: check.flag('protect', options.protect),
    onStop: check.word('onStop', options.onStop, 'keep', ['keep', 'flush', 'delete']),
    watchIntervalMs: check.integer('watchIntervalMs', options.watchIntervalMs, 250, 10, maxTimerMs),
    maxBatch: check.integer('maxBatch', options.maxBatch, 1000, 1, 100_000),
    clock: options.clock ?? steadyClock,
    rejects: options.rejects,
    metrics: options.metrics,
  };
}
