import { type NetfilterOptions, openBlocklist, openNetfilter } from '../../index.ts';

// A program that opens everything, closes nothing, and has nothing more to do.

const transport = process.argv[2] as NonNullable<NetfilterOptions['transport']>;
const list = await openBlocklist({ transport, watchIntervalMs: 50 });
list.health.subscribe();
list.expired.subscribe();
const netfilter = await openNetfilter({ transport });
const [outcome] = await list.apply([{ kind: 'block', network: '203.0.113.7', timeoutMs: 3_600_000 }]);
console.log(outcome?.ok, (await netfilter.tables()).length);
