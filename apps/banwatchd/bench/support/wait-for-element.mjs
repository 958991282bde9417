// Waits until a hash set of IPv4 addresses holds one. Usage: table set address
// Prints `ready`, then the time of CLOCK_MONOTONIC in nanoseconds at which it was seen.
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeNetfilterError, openNetfilter } from '@sluice/node-netfilter';

const limitMs = 120_000;
const notYet = ['ERR_NODE_NETFILTER_NO_TABLE', 'ERR_NODE_NETFILTER_NO_SET'];

const [, , table = '', set = '', address = ''] = process.argv;
const netfilter = await openNetfilter();
process.stdout.write('ready\n');
const find = () =>
  netfilter.element({ family: 'inet', table, set, key: ['ipv4_addr'] }, address).catch((error) => {
    if (error instanceof NodeNetfilterError && notYet.includes(error.code)) return undefined;
    throw error;
  });
const endMs = performance.now() + limitMs;
while ((await find()) === undefined) {
  if (performance.now() > endMs) throw new Error(`${set} of ${table} never held ${address}`);
  await sleep(1);
}
process.stdout.write(`${process.hrtime.bigint()}\n`);
await netfilter.close();
