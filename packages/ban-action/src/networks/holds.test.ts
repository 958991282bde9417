import fc from 'fast-check';
import { Holds } from './holds.ts';
import { targetAt } from './target.ts';

const release = (holds: Holds, key: string, jail: string, id: string): void => {
  const held = holds.get(key);
  if (held !== undefined) holds.release(held, jail, id);
};

const at = (text: string) => targetAt({ text, family: 4 }, 32, '', undefined);

describe('Holds', () => {
  test('bans a network until the last of its holds ends', () => {
    const step = fc.record({
      network: fc.constantFrom('203.0.113.1', '203.0.113.2'),
      jail: fc.constantFrom('sshd', 'web'),
      id: fc.constantFrom('a', 'b'),
      endMs: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 0, max: 9 }), (steps, nowMs) => {
        const holds = new Holds();
        const model = new Map<string, Map<string, number>>();
        const last = (network: string): number | undefined => {
          const held = model.get(network);
          return held === undefined || held.size === 0 ? undefined : Math.max(...held.values());
        };
        for (const { network, jail, id, endMs } of steps) {
          const held = model.get(network) ?? new Map<string, number>();
          model.set(network, held);
          if (endMs === undefined) {
            release(holds, network, jail, id);
            held.delete(`${jail} ${id}`);
          } else {
            holds.hold(at(network), jail, id, endMs);
            held.set(`${jail} ${id}`, endMs);
          }
          expect(holds.get(network)?.endMs).toBe(last(network));
        }
        const ends = [...model.keys()].flatMap((network) => last(network) ?? []);
        expect([holds.size, holds.nextEndMs]).toEqual([ends.length, Math.min(Infinity, ...ends)]);
        expect(holds.takeOver(nowMs)).toHaveLength(ends.filter((endMs) => endMs <= nowMs).length);
        expect([...holds].every(({ endMs }) => endMs > nowMs)).toBe(true);
      }),
    );
  });

  test('a network that was taken on belongs to the first who speaks of it', () => {
    const holds = new Holds();
    for (const text of ['203.0.113.1', '203.0.113.2']) holds.adopt(at(text), 'sshd', 900);
    release(holds, '203.0.113.1', 'web', '203.0.113.1');
    holds.hold(at('203.0.113.2'), 'web', '203.0.113.2', 5);
    expect([...holds].map(({ target, jail, endMs }) => [target.address, jail, endMs])).toEqual([
      ['203.0.113.2', 'web', 5],
    ]);
    release(holds, '203.0.113.2', 'web', '203.0.113.2');
    expect([holds.size, holds.nextEndMs]).toEqual([0, Infinity]);
  });

  test('one that could not be ended is there until it is', () => {
    const holds = new Holds();
    holds.hold(at('203.0.113.1'), 'sshd', 'a', 5);
    const [over] = holds.takeOver(5);
    if (over === undefined) throw new Error('nothing is over');
    expect(holds.size).toBe(0);
    holds.putBack(over, 20);
    expect([holds.size, holds.nextEndMs, holds.takeOver(19).length]).toEqual([1, 20, 0]);
    release(holds, '203.0.113.1', 'sshd', 'a');
    expect([holds.size, holds.takeOver(99).length]).toEqual([0, 0]);
  });

  test('stays quick when one network has very many holders', () => {
    const holds = new Holds();
    const count = 100_000;
    for (let n = 0; n < count; n++) holds.hold(at('203.0.113.1'), 'sshd', String(n), n);
    for (let n = 0; n < count - 1; n++) release(holds, '203.0.113.1', 'sshd', String(n));
    expect([holds.get('203.0.113.1')?.endMs, holds.size]).toEqual([count - 1, 1]);
  });
});
