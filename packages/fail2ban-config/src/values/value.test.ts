import { placeAt, sliceValue, textOf } from './value.ts';
import { ValueBuilder } from './value-builder.ts';

const at = (line: number) => ({ file: 'f', line });
const value = [
  { text: 'ab', place: at(1) },
  { text: '', place: at(2) },
  {
    text: 'cd',
    place: at(3),
    origins: [
      { at: 0, place: at(3) },
      { at: 1, place: at(9) },
    ],
  },
];

describe('a value', () => {
  test('knows where each character was written', () => {
    expect(textOf(value)).toBe('ab\n\ncd');
    expect([0, 1, 2, 3, 4, 5, 6, 99].map((offset) => placeAt(value, offset).line)).toEqual([1, 1, 1, 2, 3, 9, 9, 3]);
  });

  test('can be cut out of another at any two offsets', () => {
    const text = textOf(value);
    for (let start = 0; start <= text.length; start += 1) {
      for (let end = start; end <= text.length; end += 1) {
        const slice = sliceValue(value, start, end);
        expect(textOf(slice)).toBe(text.slice(start, end));
        expect(slice[0]?.place).toEqual(placeAt(value, start));
      }
    }
  });

  test('keeps its places when it is put into another', () => {
    const builder = new ValueBuilder(at(20));
    builder.text('<', at(20));
    builder.value(value, false);
    builder.text('>', at(20));
    const built = builder.finish();
    expect(textOf(built)).toBe('<ab\n\ncd>');
    expect([0, 1, 3, 5, 6, 7].map((offset) => placeAt(built, offset).line)).toEqual([20, 1, 1, 3, 9, 20]);
    expect(built.map(({ place }) => place.line)).toEqual([20, 2, 3]);
  });
});
