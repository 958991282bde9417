import fc from 'fast-check';
import { testWith } from '../../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../../tools/testing/python.ts';
import type { Json } from './json.ts';
import { pythonRepr } from './python-repr.ts';

describe('pythonRepr', () => {
  test.each<[Json | undefined, string]>([
    [['set', 'sshd', 'maxretry', 5, true, null], "['set', 'sshd', 'maxretry', 5, True, None]"],
    ["it's", '"it\'s"'],
    ['"it\'s"', "'\"it\\'s\"'"],
    ['a\\b\n\t\r\0\u007f', "'a\\\\b\\n\\t\\r\\x00\\x7f'"],
    ['\u00a0\u00ad\u200b\ufeff\u{e0001} \u00e9\u{1f600}', "'\\xa0\\xad\\u200b\\ufeff\\U000e0001 \u00e9\u{1f600}'"],
    [{ sshd: ['192.0.2.1'] }, "{'sshd': ['192.0.2.1']}"],
    [[1.5, 1e21, 1e-7, -0.5], '[1.5, 1e+21, 1e-07, -0.5]'],
    [undefined, 'None'],
    [[], '[]'],
  ])('writes %j', (value, text) => {
    expect(pythonRepr(value)).toBe(text);
  });

  testWith([python], 'writes texts as Python does', () => {
    // Letters that came after Python's Unicode are left out.
    const letters = fc.constantFrom(
      ...'a\'"\\\n\r\t\0\x1f \x7f\x80\xa0\xad\xe9\u0378\u2028\u3000\ud7ff\ufeff',
      '\u{1f600}',
      '\u{e000}',
    );
    const texts = fc.sample(
      fc.array(letters, { maxLength: 12 }).map((parts) => parts.join('')),
      500,
    );
    const theirs = askPython<string[]>('print(json.dumps([repr(text) for text in json.load(sys.stdin)]))', texts);
    expect(texts.map(pythonRepr)).toEqual(theirs);
  });
});
