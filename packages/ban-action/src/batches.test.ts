import fc from 'fast-check';
import { Batches } from './batches.ts';

describe('Batches', () => {
  test('gives items in their order, no batch larger than allowed, none empty while something waits', () => {
    const steps = fc.array(fc.oneof(fc.constant('take'), fc.integer({ min: 1, max: 5 })));
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (all, max) => {
        const batches = new Batches<number>(max);
        const model: number[] = [];
        let next = 0;
        for (const step of all) {
          if (typeof step === 'number') {
            for (let n = 0; n < step; n++) {
              batches.add(next);
              model.push(next);
              next += 1;
            }
          } else {
            const batch = batches.take();
            expect(batch).toEqual(model.splice(0, batch.length));
            expect(batch.length).toBeLessThanOrEqual(max);
            expect(batch.length > 0 || model.length === 0).toBe(true);
          }
          expect(batches.size).toBe(model.length);
        }
      }),
    );
  });
});
