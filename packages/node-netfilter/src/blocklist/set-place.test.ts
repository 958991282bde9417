import fc from 'fast-check';
import { readSetName, type SetPlace, setName } from './set-place.ts';

const owner = fc.oneof(
  fc.constant(undefined),
  fc.constant('any' as const),
  fc.string({ unit: 'grapheme', maxLength: 80 }).map((list) => ({ list })),
);
const place = fc
  .record({
    family: fc.constantFrom(4 as const, 6 as const),
    bits: fc.integer({ min: 1, max: 128 }),
    hasPorts: fc.boolean(),
    owner,
  })
  .map(
    ({ family, bits, hasPorts, owner: of }): SetPlace => ({
      family,
      prefix: family === 4 ? Math.min(bits, 32) : bits,
      hasPorts,
      ...(of !== undefined && { owner: of }),
    }),
  );

describe('setName', () => {
  test.each([
    [{ family: 4, prefix: 32, hasPorts: false }, 'all4_32'],
    [{ family: 6, prefix: 64, hasPorts: true }, 'port6_64'],
    [{ family: 4, prefix: 24, hasPorts: false, owner: 'any' }, 'any4_24'],
    [{ family: 4, prefix: 24, hasPorts: true, owner: { list: 'sshd' } }, 'sshd.port4_24'],
  ] as const)('of %j is %s', (of, name) => {
    expect(setName(of)).toBe(name);
  });

  test('is one that nft takes, and tells what the set holds, save a list whose name is none', () => {
    fc.assert(
      fc.property(place, (of) => {
        const name = setName(of);
        expect(name).toMatch(/^[A-Za-z][\w.-]{0,126}$/);
        const isPlain = typeof of.owner !== 'object' || /^[a-z][\w-]{0,63}$/i.test(of.owner.list);
        expect(readSetName(name)).toEqual(isPlain ? of : { ...of, owner: { list: '' } });
      }),
    );
  });

  test.each([
    'allow4',
    'all4_0',
    'all4_33',
    'all5_32',
    'all6_129',
    'x.any4_32',
    'all4_32 ',
    'f2b-sshd',
    '.all4_32',
    '',
  ])('%j is no set of a block list', (name) => {
    expect(readSetName(name)).toBeUndefined();
  });
});
