import { execFileSync } from 'node:child_process';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { bpSize } from './bp-size.ts';

test.each([
  [0, '     '],
  [1, '    1'],
  [1023, ' 1023'],
  [1024, ' 1.0K'],
  [1280, ' 1.2K'],
  [1383, ' 1.4K'],
  [10239, '10.0K'],
  [10240, '  10K'],
  [10751, '  10K'],
  [10752, '  11K'],
  [1048575, '1024K'],
  [1048576, ' 1.0M'],
  [10485759, '10.0M'],
  [10485760, '  10M'],
  [11010047, '  10M'],
  [11010048, '  11M'],
  [2 ** 31 - 1, '2048M'],
  [2 ** 31, '-2147483648'],
  [2 ** 32 - 5, '   -5'],
  [-19, '  -19'],
])('%i bytes are shown as "%s"', (sizeBytes, shown) => {
  expect(bpSize(sizeBytes)).toBe(shown);
});

/** The format by Python's `%`, which is C's. */
const oracle = `
import sys
def show(n):
    if n == 0: return '     '
    if n < 1024: return '%5d' % n
    if n < 10 * 1024: return '%4.1fK' % (n / 1024.0)
    if n < 1024 * 1024: return '%4dK' % ((n + 512) // 1024)
    if n < 10 * 1024 * 1024: return '%4.1fM' % (n / 1048576.0)
    return '%4dM' % ((n + 524288) // 1048576)
print('\\n'.join(show(int(n)) for n in sys.stdin))
`;

describeWith([program('python3')], "agrees with C's printf", () => {
  test('on every size below 11 KiB, around every change of the shown text, and on 2000 of every other magnitude', () => {
    const sizes = Array.from({ length: 11 * 1024 }, (_, size) => size);
    // Half of a tenth of a MiB: where the decimal changes, and where ties are.
    for (let at = 2 ** 20; at <= 12 * 2 ** 20; at += 2 ** 20 / 20) {
      for (const size of [Math.floor(at) - 1, Math.floor(at), Math.ceil(at), Math.ceil(at) + 1]) sizes.push(size);
    }
    for (let step = 1; step <= 2000; step += 1) sizes.push(step * 521, step * 6007, (step * 1_000_003) % 2 ** 31);
    const output = execFileSync('python3', ['-c', oracle], { input: sizes.join('\n'), env: process.env });
    const expected = output.toString().split('\n').slice(0, -1);
    expect(sizes.map(bpSize)).toEqual(expected);
  });
});
