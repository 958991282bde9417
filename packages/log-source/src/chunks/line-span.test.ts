import fc from 'fast-check';
import { lineSpan } from './line-span.ts';

const span = (text: string, inCut = false, maxLineBytes = 4) =>
  lineSpan(Buffer.from(text), 0, text.length, inCut, maxLineBytes);

describe('lineSpan', () => {
  test.each([
    ['', { start: 0, end: 0, ending: 'break', inCut: false }],
    ['ab', { start: 0, end: 0, ending: 'break', inCut: false }],
    ['ab\ncd', { start: 0, end: 3, ending: 'break', inCut: false }],
    ['abcd\n\n\n', { start: 0, end: 7, ending: 'break', inCut: false }],
    ['abcd', { start: 0, end: 0, ending: 'break', inCut: false }],
    ['abcde', { start: 0, end: 4, ending: 'cut', inCut: true }],
    ['a\nabcde\nb\n', { start: 0, end: 6, ending: 'cut', inCut: true }],
  ])('takes of %j the lines that are whole, up to one of more than 4 bytes', (text, expected) => {
    expect(span(text)).toEqual(expected);
  });

  test('passes over the rest of a line that was cut', () => {
    expect(span('fgh', true)).toEqual({ start: 3, end: 3, ending: 'break', inCut: true });
    expect(span('fgh\nab\nc', true)).toEqual({ start: 4, end: 7, ending: 'break', inCut: false });
  });

  test('cuts the same lines at the same place, whatever stretches it is given', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '\n'), { maxLength: 60 }).map((parts) => parts.join(''));
    const maxLineBytes = 3;
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }), (input, sizes) => {
        const bytes = Buffer.from(input);
        const got: string[] = [];
        let [position, known, inCut] = [0, 0, false];
        for (const size of [...sizes, ...Array<number>(input.length + 1).fill(input.length)]) {
          known = Math.min(bytes.length, known + size);
          const found = lineSpan(bytes, position, known, inCut, maxLineBytes);
          if (found.end > found.start) got.push(bytes.toString('utf8', found.start, found.end));
          position = found.end;
          inCut = found.inCut;
        }
        const whole = input.slice(0, input.lastIndexOf('\n') + 1);
        const rest = input.slice(whole.length);
        const expected =
          whole.replace(/([^\n]{3})[^\n]+\n/g, '$1') + (rest.length > maxLineBytes ? rest.slice(0, 3) : '');
        expect(got.join('')).toBe(expected);
      }),
    );
  });
});
