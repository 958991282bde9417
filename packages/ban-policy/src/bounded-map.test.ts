import fc from 'fast-check';
import { BoundedMap } from './bounded-map.ts';

describe('BoundedMap', () => {
  test('behaves like a Map in order of setting that is cut to its last entries', () => {
    const step = fc.record({ op: fc.constantFrom('set', 'delete', 'renew'), key: fc.constantFrom(...'abcdefgh') });
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 1, max: 5 }), (steps, max) => {
        const dropped: string[] = [];
        const bounded = new BoundedMap<number>(max, (key) => dropped.push(key));
        const model = new Map<string, number>();
        const expectedDrops: string[] = [];
        steps.forEach(({ op, key }, n) => {
          const value = model.get(key);
          if (op === 'delete') expect(bounded.delete(key)).toBe(model.delete(key));
          else if (op === 'renew') {
            expect(bounded.renew(key)).toBe(value);
            if (value !== undefined && model.delete(key)) model.set(key, value);
          } else {
            bounded.set(key, n);
            model.delete(key);
            model.set(key, n);
            const oldest = model.keys().next().value as string;
            if (model.size > max && model.delete(oldest)) expectedDrops.push(oldest);
          }
          expect([...bounded]).toEqual([...model]);
          expect(bounded.size).toBe(model.size);
        });
        expect(dropped).toEqual(expectedDrops);
      }),
    );
  });

  test('lets the entry at hand be deleted while it is iterated', () => {
    const bounded = new BoundedMap<number>(10);
    for (const [n, key] of [...'abcd'].entries()) bounded.set(key, n);
    const seen: string[] = [];
    for (const [key] of bounded) {
      seen.push(key);
      bounded.delete(key);
    }
    expect(seen).toEqual([...'abcd']);
    expect(bounded.size).toBe(0);
  });
});
