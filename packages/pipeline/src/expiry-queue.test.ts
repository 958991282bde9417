import fc from 'fast-check';
import { ExpiryQueue } from './expiry-queue.ts';

describe('ExpiryQueue', () => {
  test('gives items by their end, equal ones in the order they came or moved, whatever is removed in between', () => {
    const endMs = fc.integer({ min: 0, max: 9 });
    const fate = fc.oneof(fc.constant('stays'), fc.constant('goes'), endMs);
    fc.assert(
      fc.property(fc.array(fc.record({ endMs, fate })), (items) => {
        const queue = new ExpiryQueue<number>();
        const places = items.map((item, n) => queue.add(n, item.endMs));
        const expected: { n: number; endMs: number }[] = [];
        for (const [n, { endMs: firstEndMs, fate: what }] of items.entries()) {
          const place = places[n] as (typeof places)[number];
          if (what === 'goes') queue.delete(place);
          else if (typeof what === 'number') queue.move(place, what);
          else expected.push({ n, endMs: firstEndMs });
        }
        for (const [n, { fate: what }] of items.entries())
          if (typeof what === 'number') expected.push({ n, endMs: what });
        expected.sort((a, b) => a.endMs - b.endMs);
        expect(queue.size).toBe(expected.length);
        for (const { n, endMs: end } of expected) {
          expect(queue.first).toMatchObject({ item: n, endMs: end });
          if (queue.first !== undefined) queue.delete(queue.first);
        }
        expect(queue.first).toBeUndefined();
      }),
    );
  });
});
