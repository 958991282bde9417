import fc from 'fast-check';
import { pythonModule, testWith } from '../../../../tools/testing/describe-with.ts';
import { askPython } from '../../../../tools/testing/python.ts';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import { parseOptionList } from './parse-option-list.ts';
import { splitOptionLists } from './split-option-lists.ts';

const parse = (text: string) => {
  const { name, options } = parseOptionList(text);
  return [name, Object.fromEntries(options.map((option) => [option.name, option.value]))];
};
const items = (text: string) => splitOptionLists(text).map((item) => item.text);

describe('parseOptionList', () => {
  test('takes name and options apart, in any quotes and groups', () => {
    expect(parse('x')).toEqual(['x', {}]);
    expect(parse(`x[a=1, b="2, ]", c='"3'][d=,e=f=g]`)).toEqual(['x', { a: '1', b: '2, ]', c: '"3', d: '', e: 'f=g' }]);
    expect(parse('x[a=" 1 ",\n  b=2 ,]')).toEqual(['x', { a: '1', b: '2' }]);
  });

  test('says where each value begins', () => {
    const text = `x[a=1, b="  2 "]`;
    const { options } = parseOptionList(text);
    expect(options.map(({ value, at }) => text.slice(at, at + value.length))).toEqual(['1', '2']);
  });

  test.each([
    ['x[a', 'no option=value at column 3'],
    ['x[a=1', 'the closing ] is missing'],
    ['x[a = 1]', 'no option=value at column 3'],
    ['x[a=1,,b=2]', 'no option=value at column 7'],
    ['x[a="1" b=2]', 'text after the value of "a"'],
    ['x[a=1]]', 'text after the value of "a"'],
    ['[a=1]', 'there is no name'],
    ['', 'there is no name'],
  ])('refuses %j', (text, what) => {
    expect(() => parseOptionList(text, { file: 'f', line: 2 })).toThrow(
      `f:2: ${what === 'no option=value at column 3' && !text.endsWith(']') ? 'the closing ] is missing' : what} in `,
    );
  });

  test('gives back what it was written from, or its own error', () => {
    const name = fc.stringMatching(/^[a-z][\w.-]{0,5}$/);
    const value = fc.string().map((text) => text.replaceAll('"', '').trim());
    fc.assert(
      fc.property(name, fc.dictionary(name, value, { noNullPrototype: true }), (file, options) => {
        const list = Object.entries(options).map(([option, text]) => `${option}="${text}"`);
        expect(parse(`${file}[${list.join(', ')}]`)).toEqual([file, options]);
      }),
    );
    const part = fc.constantFrom('[', ']', '"', "'", '=', ',', ' ', 'a', '\n');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        for (const item of splitOptionLists(parts.join(''))) {
          try {
            parseOptionList(item.text);
          } catch (error) {
            expect(error).toBeInstanceOf(Fail2banConfigError);
          }
        }
      }),
    );
  });
});

describe('splitOptionLists', () => {
  test('splits at white outside of brackets', () => {
    expect(items('a b[x="1 2", y=3] [z=4]\n  c\n\n')).toEqual(['a', 'b[x="1 2", y=3] [z=4]', 'c']);
    expect(items(' \n ')).toEqual([]);
  });

  test('says where each begins', () => {
    expect(splitOptionLists('a\n  b[x=1]').map((item) => item.at)).toEqual([0, 4]);
  });

  test('splits a broken list at any white', () => {
    expect(items('a[x = 1] b[y=2 3]')).toEqual(['a[x', '=', '1]', 'b[y=2 3]']);
    expect(items('a[x="1" y=2] b')).toEqual(['a[x="1" y=2]', 'b']);
    expect(items('a[x="1"y z] b')).toEqual(['a[x="1"y z]', 'b']);
  });

  test('takes linear time for lists that do not close', () => {
    expect(items('a[x=b '.repeat(100_000)).length).toBeGreaterThan(99_000);
  });

  testWith([pythonModule('fail2ban.helpers', 'fail2ban')], "agrees with fail2ban's own on generated texts", () => {
    const part = fc.constantFrom('a', 'x=', '[', ']', '"', "'", ',', ' ', '\n', '=', '1', 'b[y=2]', ', z="3 4"');
    const parts = fc.array(part, { maxLength: 14 });
    const texts = fc.sample(
      parts.map((some) => some.join('')),
      400,
    );
    const program =
      'from fail2ban.helpers import splitWithOptions as s; print(json.dumps([s(t) for t in json.load(sys.stdin)]))';
    const theirs = askPython<string[][]>(program, texts);
    const strip = (list: readonly string[]) => list.map((item) => item.trim()).filter((item) => item !== '');
    texts.forEach((text, index) => {
      expect([text, items(text)]).toEqual([text, strip(theirs[index] as string[])]);
    });
  });
});
