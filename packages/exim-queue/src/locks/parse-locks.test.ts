import fc from 'fast-check';
import { parseLocks } from './parse-locks.ts';

const text = `\
1: POSIX  ADVISORY  WRITE 21860 fe:00:1311767 0 18
2: POSIX  ADVISORY  WRITE 21861 fe:00:1311768 0 25
2: -> POSIX  ADVISORY  WRITE 21862 fe:00:1311769 0 25
3: POSIX  ADVISORY  READ 21863 fe:00:1311770 0 25
4: FLOCK  ADVISORY  WRITE 21864 fe:00:1311771 0 EOF
5: POSIX  ADVISORY  WRITE 21865 fe:00:1311772 0 EOF
6: POSIX  ADVISORY  WRITE 21866 fe:00:1311773 128 25
7: OFDLCK ADVISORY  WRITE -1 fe:00:1311774 0 25
8: POSIX  ADVISORY  WRITE 0 fe:00:1311775 0 25
`;

test('write locks of the ranges that Exim uses are found by their inode', () => {
  expect(parseLocks(text)).toEqual(
    new Map([
      [1_311_767, 21_860],
      [1_311_768, 21_861],
    ]),
  );
});

test('processes that wait for a lock have none', () => {
  expect(parseLocks('1: -> POSIX  ADVISORY  WRITE 7 fe:00:5 0 18\n').size).toBe(0);
});

test('any text gives positive process ids for whole inodes, and never throws', () => {
  const words = [
    '1:',
    '->',
    'POSIX',
    'ADVISORY',
    'WRITE',
    '77',
    '-1',
    'fe:00:9',
    'fe:00',
    '0',
    '18',
    '25',
    '\n',
    ' ',
    ':',
  ];
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(fc.constantFrom(...words)).map((list) => list.join(' ')),
      ),
      (any) => {
        for (const [inode, pid] of parseLocks(any)) {
          expect(Number.isInteger(inode)).toBe(true);
          expect(pid).toBeGreaterThan(0);
        }
      },
    ),
  );
});
