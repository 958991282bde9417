import { fixedClock } from '@sluice/pipeline';
import { dryRun } from '../dry-run.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import { netfilter } from './netfilter.ts';
import type { NetfilterOptions } from './netfilter-options.ts';

const at = (timeMs: number) => ({ timeMs, endMs: timeMs + 600_000 });
const clock = fixedClock(1000);

/** What a dry run writes for events. */
const writtenFor = async (
  options: NetfilterOptions,
  ...events: Parameters<ReturnType<typeof netfilter>['apply']>[0]
) => {
  const written: string[] = [];
  const dry = dryRun(netfilter({ clock, ...options }), { write: (command) => written.push(command) });
  await dry.start();
  const start = written.length;
  const outcomes = await dry.apply(events);
  await dry.stop();
  return { outcomes, written: written.slice(start), start: written.slice(0, start) };
};

describe('netfilter', () => {
  test('tells the very commands, as lines to paste into a shell', () => {
    const backend = netfilter({ clock, command: ['ip', 'netns', 'exec', 'web 1', 'nft'] });
    expect(backend.commands(ban('203.0.113.7', 600_000, at(1000)))).toEqual([
      `ip netns exec 'web 1' nft 'add element inet sluice all4_32 { 203.0.113.7 timeout 10m comment "sshd" }'`,
    ]);
    expect(backend.commands(unban('203.0.113.7')).map((command) => command.split('nft ')[1])).toEqual([
      `'add element inet sluice all4_32 { 203.0.113.7 }'`,
      `'delete element inet sluice all4_32 { 203.0.113.7 }'`,
    ]);
    expect(backend.commands(ban('session 17'))).toEqual([]);
    expect(backend.startCommands()[0]).toMatch(/nft 'add table inet sluice'$/);
  });

  test('a dry run writes what a run would do, and needs no kernel', async () => {
    const backend = netfilter({ clock });
    const events = [ban('203.0.113.7', 600_000, at(1000)), alreadyBanned('203.0.113.7', 0, { endMs: 900_000 })];
    const { outcomes, written, start } = await writtenFor(
      { onStop: 'delete' },
      ...events,
      ban('2001:db8:1:2::3', 1, at(500)),
    );
    expect(start).toEqual(backend.startCommands());
    expect(outcomes).toMatchObject(new Array(3).fill({ ok: true, dryRun: true }));
    expect(written).toEqual([
      `nft 'add element inet sluice all4_32 { 203.0.113.7 timeout 14m59s comment "sshd" }'`,
      `nft 'add element inet sluice all6_64 { 2001:db8:1:2:: timeout 9m59s500ms comment "sshd" }'`,
      `nft 'add table inet sluice'`,
      `nft 'delete table inet sluice'`,
    ]);
  });

  test('a jail whose name is hostile leaves no trace of that in the text', async () => {
    const { written } = await writtenFor({}, ban('203.0.113.7', 1, { ...at(1000), jail: 'x" }\nflush ruleset #' }));
    expect(written.join('\n')).not.toMatch(/"x"|\nflush/);
  });

  test('a jail of its own ports is banned at those', async () => {
    const portsOf = (jail: string) =>
      jail === 'sshd'
        ? ([
            { protocol: 'tcp', port: 22 },
            { protocol: 'tcp', port: 2222 },
          ] as const)
        : undefined;
    const { written } = await writtenFor(
      { portsOf },
      ban('203.0.113.7', 1, at(1000)),
      ban('203.0.113.8', 1, { ...at(1000), jail: 'web' }),
    );
    const text = written.join('\n');
    expect(text).toMatch(/port4_32 \{ 203\.0\.113\.7 \. tcp \. 22 timeout 10m[^}]* 203\.0\.113\.7 \. tcp \. 2222 /);
    expect(text).toMatch(/all4_32 \{ 203\.0\.113\.8 timeout 10m/);
  });

  test('a ban that is over, and what is no address, come to no command', async () => {
    const { outcomes, written } = await writtenFor({}, ban('203.0.113.7', 1, { endMs: 900 }), ban('session 17'));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
    expect(written).toEqual([]);
  });

  test.each<[object, RegExp]>([
    [{ table: '; flush' }, /table must be a letter and up to 63 .*, not "; flush"/],
    [{ hook: 'output' }, /hook must be .*'input'.*, not "output"/],
    [{ deny: 'accept' }, /deny must be .*, not "accept"/],
    [{ onStop: 'leave' }, /onStop must be .*, not "leave"/],
    [{ priority: '0; }' }, /priority must be an integer .*, not "0; }"/],
    [{ ipv4Prefix: 33 }, /ipv4Prefix.* an integer from 8 to 32, not 33/],
    [{ ipv6Prefix: 0 }, /ipv6Prefix.* an integer from 16 to 128, not 0/],
    [{ maxElements: 0 }, /maxElements must be an integer from 1 to 4294967295, not 0/],
    [{ allow: ['10.0.0.0/8', 'office'] }, /allow\[1\] must be an address or a network, not "office"/],
    [{ command: [] }, /command must be /],
    [{ layout: 'each' }, /layout must be .*, not "each"/],
    [{ hook: 'ingress' }, /devices must be at least one device/],
    [{ cut: 'all' }, /cut must be /],
    [{ portsOf: 22 }, /portsOf: expected a function, not 22/],
  ])('refuses %j', (options, message) => {
    expect(() => netfilter(options as NetfilterOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_ACTION_OPTION', message: expect.stringMatching(message) }),
    );
  });
});
