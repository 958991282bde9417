import fc from 'fast-check';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import { MAX_EXPANDED_CHARS } from './interpolator.ts';
import { TagSubstituter } from './tag-substituter.ts';
import { textOf, type Value, valueAt } from './value.ts';

const at = (line: number) => ({ file: 'x.conf', line });

/** Substitutes in `text`, which is the value of the option `root`. */
function substitute(text: string, options: Record<string, string>): Value {
  const names = Object.keys(options);
  const tags = new TagSubstituter((tag) =>
    Object.hasOwn(options, tag) ? valueAt(options[tag] as string, at(10 + names.indexOf(tag))) : undefined,
  );
  return tags.substitute('root', valueAt(text, at(1)));
}
const textFor = (text: string, options: Record<string, string>) => textOf(substitute(text, options));

describe('TagSubstituter', () => {
  test('replaces tags by the values of options, also within values', () => {
    expect(textFor('<a>-<b>', { a: '1<b>', b: '2' })).toBe('12-2');
  });

  test('leaves what no option is named after', () => {
    const text = '^<HOST> <F-USER>\\S+</F-USER> cat <file >out a < b > c <<<x>';
    expect(textFor(text, { b: 'no' })).toBe(text);
  });

  test('replaces inner tags first', () => {
    expect(textFor('<mdre-<mode>> <<x>>', { mode: 'normal', 'mdre-normal': 'N', x: 'mode' })).toBe('N normal');
    expect(textFor('<lt_<type>/pre>', { type: 'file', 'lt_file/pre': '<<type>>' })).toBe('<file>');
    expect(textFor('<<x>>', { x: 'unknown' })).toBe('<unknown>');
  });

  test('does not make a tag of text that came in with a blank or a bracket', () => {
    expect(textFor('<a<b>>', { b: 'x y', 'ax y': 'no' })).toBe('<ax y>');
    expect(textFor('<a<b>>', { b: '>', 'a>': 'no' })).toBe('<a>>');
  });

  test('joins values of several lines to the text around them', () => {
    expect(textFor('[<m>]\n<m>', { m: '1\n2' })).toBe('[1\n2]\n1\n2');
  });

  test('gives a line the place of the value that fills it, and keeps its own where it has text of its own', () => {
    const lines = substitute('a<m>\n<m>\nb', { m: '1\n2' });
    expect(lines.map(({ text, place }) => [text, place.line])).toEqual([
      ['a1', 1],
      ['2', 10],
      ['1', 10],
      ['2', 10],
      ['b', 1],
    ]);
  });

  test('refuses a tag that contains itself and says by which way', () => {
    expect(() => textFor('<a>', { a: '<b>', b: 'x<a>' })).toThrow(
      'x.conf:11: <a> contains itself, by way of "root > a > b"; take one of these tags out',
    );
    expect(() => textFor('<root>', { root: 'x' })).toThrow('<root> contains itself');
  });

  test('refuses tags nested too deep and values that grow without end', () => {
    const options: Record<string, string> = {};
    for (let level = 0; level < 40; level++) options[`v${level}`] = `<v${level + 1}>`;
    expect(() => textFor('<v0>', { ...options, v40: 'end' })).toThrow('nested more than 32 levels deep');
  });

  test('stops a value that grows without end, and works each tag out once', () => {
    const bomb: Record<string, string> = {};
    for (let level = 0; level < 20; level++) bomb[`v${level}`] = `<v${level + 1}>`.repeat(100);
    expect(() => textFor('<v0>', { ...bomb, v20: 'x' })).toThrow(`grows over ${MAX_EXPANDED_CHARS} characters`);
    expect(textFor('<v0>', { ...bomb, v20: '' })).toBe('');
  });

  test('takes linear time for brackets that never close', () => {
    const open = '<'.repeat(300_000);
    expect(textFor(`${open}a`, {})).toBe(`${open}a`);
    expect(textFor('<'.repeat(100_000) + '<a>'.repeat(100_000), { a: 'x' })).toBe(
      '<'.repeat(100_000) + 'x'.repeat(100_000),
    );
  });

  test('replaces each resolvable tag, and throws nothing but its own error', () => {
    const part = fc.constantFrom('<', '>', ' ', 'a', 'b', '<a>', '<b>', '\n');
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (root, a, b) => {
        try {
          const plain = textFor(root, { a: 'x', b: '' });
          expect(plain).not.toMatch(/<[ab]>/);
          textFor(root, { a, b });
        } catch (error) {
          expect(error).toBeInstanceOf(Fail2banConfigError);
        }
      }),
    );
  });
});
