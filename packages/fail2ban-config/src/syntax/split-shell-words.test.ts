import fc from 'fast-check';
import { testWith } from '../../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../../tools/testing/python.ts';
import { splitShellWords } from './split-shell-words.ts';

describe('splitShellWords', () => {
  test('splits at white, with quotes and backslashes', () => {
    const words = splitShellWords(`_COMM="my app" + _X='a "b" c'  _Y=a\\ b\\"c "\\"d\\e" '' $HOME *`);
    expect(words).toEqual(['_COMM=my app', '+', '_X=a "b" c', '_Y=a b"c', '"d\\e', '', '$HOME', '*']);
  });

  test.each([
    ['_COMM="a b', 'a " is not closed in'],
    ["x 'y", "a ' is not closed in"],
    ['x\\', 'nothing follows the last \\ in'],
  ])('refuses %j', (text, fault) => {
    expect(() => splitShellWords(text, { file: 'f', line: 3 })).toThrow(`f:3: ${fault}`);
  });

  testWith([python], "agrees with Python's shlex on generated texts", () => {
    const part = fc.constantFrom('a', 'b c', ' ', '  ', '"', "'", '\\', '+', '#', '=', '\t', '\n');
    const texts = fc.sample(
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
      500,
    );
    const program = `
import shlex
def split(text):
  try: return shlex.split(text)
  except ValueError: return None
print(json.dumps([split(text) for text in json.load(sys.stdin)]))`;
    const theirs = askPython<(string[] | null)[]>(program, texts);
    const ours = texts.map((text) => {
      try {
        return splitShellWords(text);
      } catch {
        return null;
      }
    });
    expect(texts.map((text, index) => [text, ours[index]])).toEqual(texts.map((text, index) => [text, theirs[index]]));
  });
});
