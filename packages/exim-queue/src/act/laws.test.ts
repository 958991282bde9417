import fc from 'fast-check';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { actionBatches } from './action-batches.ts';
import { type Deed, fakeExim } from './testing/fake-exim.ts';
import { batchesOf, outcomesOf } from './testing/outcomes.ts';

const deeds: Deed[] = [
  'does',
  'doesSilently',
  'lies',
  'refuses',
  'locked',
  'unknown',
  'denied',
  'garbage',
  'others',
  'half',
  'exits',
  'dies',
];
const malformed = ['', 'x', '-oMr', '1xVUzy-0001Sp-1k\n', '--', '$(id)', '1xVUzy-0001Sp-1k-H'];

/** Which message of the plan, or what is no id. */
const item = fc.oneof({ weight: 5, arbitrary: fc.nat(7) }, { weight: 1, arbitrary: fc.constantFrom(...malformed) });

test('each id that goes in comes out once, whatever Exim says or does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...deeds), { minLength: 1, maxLength: 8 }),
      fc.array(fc.array(item, { maxLength: 6 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      async (plan, input, batch, concurrency) => {
        const fake = fakeExim(newFolder(), plan);
        const batches = input.map((one) =>
          one.map((id) => (typeof id === 'number' ? fake.ids[id % plan.length] : id) ?? ''),
        );
        const options = { batch, concurrency, lockedRetries: 1, lockedWaitMs: 0, batchWaitMs: 5 };
        const outcomes = await outcomesOf(
          actionBatches(fake.place, { kind: 'remove' }, batchesOf(...batches), options),
        );
        expect(outcomes.map(({ id }) => id).sort()).toEqual(batches.flat().sort());

        const left = new Set(fake.left());
        for (const { id, result, detail } of outcomes) {
          const deed = plan[fake.ids.indexOf(id)];
          expect(detail).toMatch(/^[^\n]+$/);
          if (deed === undefined) expect(result).toBe('failed');
          if (result === 'done') expect(['does', 'lies']).toContain(deed);
          if (result === 'gone') expect(left.has(id)).toBe(false);
          if (result === 'failed' && deed !== undefined) expect(left.has(id)).toBe(true);
        }
        const given = fake.calls().flatMap(([, ...ids]) => ids);
        expect(given.filter((id) => !fake.ids.includes(id))).toEqual([]);
        expect(fake.calls().every((call) => call.length - 1 <= batch && call.length > 1)).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
