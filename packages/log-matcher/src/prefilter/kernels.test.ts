import fc from 'fast-check';
import { gramFactor } from './grams.ts';
import { kernelNames, kernels } from './kernels.ts';
import { Descriptor, Group } from './layout.ts';
import { planPrefilter } from './plan-prefilter.ts';
import type { NeedleGroup } from './prefilter-plan.ts';
import { cellsOf } from './testing/cells-of.ts';
import { PrefilterScanner } from './testing/prefilter-scanner.ts';
import { candidatesIn } from './try-plan.ts';

const exported = {
  nibble4: 'scanEven4',
  nibble6: 'scanEven6',
  'nibble4-all': 'scanAll4',
  hash8: 'scanHash8',
  hash4: 'scanHash4',
  hash2: 'scanHash2',
  hash1: 'scanHash1',
} as const;

/** Positions that the WebAssembly lists in bytes that lie on a multiple of 64. */
function listed(scanner: PrefilterScanner, group: NeedleGroup, bytes: Uint8Array): readonly number[] {
  const { memory, wasm, descriptor } = scanner;
  const word = (index: number): number => memory.u32[(descriptor >>> 2) + Descriptor.firstGroup + index] as number;
  const tables = word(Group.tables);
  const start = scanner.place(bytes);
  const out = memory.alloc(4 * (bytes.length + 64));
  const steps = memory.alloc(4 * (bytes.length + 64));
  const isHash = kernels[group.kernel].nibbles === undefined;
  const rest = isHash ? [gramFactor(group.gramBytes), out, steps] : [out, steps];
  const end = wasm[exported[group.kernel]](start, start + bytes.length, tables, ...rest);
  return [...memory.u32.subarray(out >>> 2, end >>> 2)].map((address) => address - start);
}

const byte = fc.oneof(fc.constantFrom(...new TextEncoder().encode('abcdefgh/. ABC')), fc.nat(255));

describe.each(kernelNames)('the %s kernel', (kernel) => {
  test('lists the positions that the planner expects', () => {
    const { minBytes } = kernels[kernel];
    let found = 0;
    const word = fc.string({ unit: fc.constantFrom(...'abcdefgh/.'), minLength: minBytes, maxLength: minBytes + 6 });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 20 }),
        fc.array(byte, { minLength: 300, maxLength: 600 }),
        fc.array(fc.tuple(fc.nat(500), fc.nat(19)), { maxLength: 10 }),
        (words, noise, places) => {
          const plan = planPrefilter(
            words.map((text) => [[cellsOf(text)]]),
            { cuts: 'none', kernel },
          );
          const bytes = new Uint8Array(640);
          bytes.set(noise);
          for (const [at, index] of places) bytes.set(new TextEncoder().encode(words[index % words.length]), at);
          const group = plan.groups[0] as NeedleGroup;
          // The last positions are left out: the planner knows nothing of what follows.
          const inside = (at: number): boolean => at < 620;
          const expected = candidatesIn(group, plan.needles, bytes).filter(inside);
          found += expected.length;
          expect(listed(new PrefilterScanner(plan), group, bytes).filter(inside)).toEqual(expected);
        },
      ),
      { numRuns: 60, seed: 5 },
    );
    expect(found).toBeGreaterThan(50);
  });
});
