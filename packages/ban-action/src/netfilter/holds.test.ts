import fc from 'fast-check';
import { Holds } from './holds.ts';

describe('Holds', () => {
  test('bans a network until the last of its holds ends', () => {
    const step = fc.record({
      network: fc.constantFrom('203.0.113.1', '2001:db8::'),
      holder: fc.constantFrom('sshd a', 'sshd b', 'web a'),
      endMs: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const holds = new Holds();
        const model = new Map<string, Map<string, number>>();
        for (const { network, holder, endMs } of steps) {
          const held = model.get(network) ?? new Map<string, number>();
          model.set(network, held);
          if (endMs === undefined) {
            holds.release(network, holder);
            held.delete(holder);
          } else {
            holds.hold(network, holder, endMs, 0);
            held.set(holder, endMs);
          }
          const expected = held.size === 0 ? undefined : Math.max(...held.values());
          expect(holds.endMs(network)).toBe(expected);
          expect(holds.has(network)).toBe(expected !== undefined);
        }
      }),
    );
  });

  test('does not grow with bans that nobody ends', () => {
    const holds = new Holds();
    for (let n = 0; n < 100_000; n++) holds.hold(String(n), 'sshd', n + 100, n);
    expect(holds.size).toBeLessThanOrEqual(1024);
    expect(holds.has('99999')).toBe(true);
  });

  test('stays quick when one network has very many holders', () => {
    const holds = new Holds();
    const count = 100_000;
    for (let n = 0; n < count; n++) holds.hold('2001:db8::', String(n), n, 0);
    for (let n = 0; n < count - 1; n++) holds.release('2001:db8::', String(n));
    expect([holds.endMs('2001:db8::'), holds.size]).toEqual([count - 1, 1]);
  });
});
