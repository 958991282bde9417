import fc from 'fast-check';
import { InFlight } from './in-flight.ts';

const markAt = (position: number) => ({ position, inCut: false, before: Buffer.alloc(0) });

describe('InFlight', () => {
  test('keeps the lowest un-acked chunk as the place to go on from, in whatever order acks come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(8).keys()]), (order) => {
        const flights = new InFlight(8, () => {});
        const acks = [...Array(8).keys()].map((position) => {
          expect(flights.take()).toBe(true);
          return flights.add(markAt(position));
        });
        const open = new Set(acks.keys());
        for (const index of order) {
          acks[index]?.();
          open.delete(index);
          expect(flights.lowest?.position).toBe(open.size === 0 ? undefined : Math.min(...open));
        }
        expect(flights.isEmpty).toBe(open.size === 0);
      }),
    );
  });

  test('refuses a chunk too many and calls when there is room again', () => {
    let calls = 0;
    const flights = new InFlight(1, () => {
      calls += 1;
    });
    flights.take();
    const ack = flights.add(markAt(0));
    expect(flights.take()).toBe(false);
    ack();
    expect(calls).toBe(1);
    expect(flights.take()).toBe(true);
  });
});
