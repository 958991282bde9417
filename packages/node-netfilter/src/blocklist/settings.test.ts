import type { BlocklistOptions } from './blocklist-options.ts';
import { settings } from './settings.ts';

describe('options of a block list', () => {
  test.each([
    [{ table: '1x' }, /table must be a letter and up to 63/],
    [{ table: 'a b' }, /table must be/],
    [{ table: 'x; flush ruleset' }, /table must be/],
    [{ hook: 'output' }, /hook must be 'prerouting' or 'input' or 'ingress', not "output"/],
    [{ hook: 'ingress' }, /devices must be at least one device for the hook ingress/],
    [{ devices: ['eth0'] }, /devices must be at least one device for the hook ingress, and none for others/],
    [{ hook: 'ingress', devices: ['a b'] }, /devices must be a list of names of network devices/],
    [{ passEstablished: true }, /passEstablished must be false unless hook is input/],
    [{ priority: 1.5 }, /priority must be an integer/],
    [{ deny: 'accept' }, /deny must be/],
    [{ cut: true }, /cut must be/],
    [{ layout: 'per-jail' }, /layout must be/],
    [{ ipv4Prefix: 7 }, /ipv4Prefix must be an integer from 8 to 32, not 7/],
    [{ ipv6Prefix: 129 }, /ipv6Prefix must be/],
    [{ allow: ['nonsense'] }, /allow\[0\] must be an address or a network, not "nonsense"/],
    [{ allow: '10.0.0.0/8' }, /allow must be a list of texts/],
    [{ maxElements: 0 }, /maxElements must be/],
    [{ onStop: 'drop' }, /onStop must be/],
    [{ watchIntervalMs: 0 }, /watchIntervalMs must be an integer from 10/],
    [{ maxBatch: 0 }, /maxBatch must be/],
    [{ clock: {} }, /clock must be an object with nowMs\(\)/],
    [{ signal: {} }, /signal must be an AbortSignal/],
  ])('refuses %j', (options, message) => {
    const read = (): unknown => settings(options as unknown as BlocklistOptions);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ code: 'ERR_NODE_NETFILTER_OPTION' }));
  });

  test('has a place in each hook', () => {
    const priorities = [{}, { hook: 'input' }, { hook: 'ingress', devices: ['eth0', 'br-lan.7'] }] as const;
    expect(priorities.map((options) => settings(options).priority)).toEqual([-310, -10, -500]);
  });

  test('reads the time from a clock that nobody sets', () => {
    const { clock } = settings({});
    expect(Math.abs(clock.nowMs() - Date.now())).toBeLessThan(60_000);
    expect(clock.nowMs()).not.toBe(Math.round(clock.nowMs()) + 0.5);
  });
});
