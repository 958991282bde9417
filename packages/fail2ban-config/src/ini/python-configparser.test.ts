import fc from 'fast-check';
import { testWith } from '../../../../tools/testing/describe-with.ts';
import { askPython, python } from '../../../../tools/testing/python.ts';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import { mergeFiles } from '../tree/merge-files.ts';
import { Interpolator } from '../values/interpolator.ts';
import { textOf } from '../values/value.ts';
import { DEFAULT_SECTION } from './ini-file.ts';
import { parseIni } from './parse-ini.ts';

/** Parses each text with Python's own module, set up as fail2ban sets it up. */
const script = `
import configparser, io, json, sys
def read(text):
    parser = configparser.ConfigParser(inline_comment_prefixes=';')
    try:
        parser.read_file(io.TextIOWrapper(io.BytesIO(text.encode()), encoding='utf-8'))
    except (configparser.Error, ValueError):
        return None
    names = ['DEFAULT'] + parser.sections()
    def get(section, option):
        try:
            return parser.get(section, option)
        except configparser.Error:
            return None
    return {name: {option: get(name, option) for option in parser[name]} for name in names}
json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
`;

type Values = Record<string, Record<string, string | null>>;

function askOurs(text: string): Values | null {
  const file = parseIni(text, 'x.conf');
  if (file.faults.length > 0) return null;
  const tree = mergeFiles('x', [file]);
  const options = [...tree.defaults.keys()];
  return Object.fromEntries(
    [DEFAULT_SECTION, ...tree.sections.keys()].map((section) => {
      const interpolator = new Interpolator(tree, section);
      const read = (option: string): string | null => {
        try {
          return textOf(interpolator.get(option) ?? []);
        } catch (error) {
          if (error instanceof Fail2banConfigError) return null;
          throw error;
        }
      };
      const names = [...new Set([...(tree.sections.get(section)?.options.keys() ?? []), ...options])];
      return [section, Object.fromEntries(names.map((name) => [name, read(name)]))];
    }),
  );
}

const pick = (...texts: string[]) => fc.constantFrom(...texts);
const value = fc
  .array(
    pick('1', 'x', ' ', '%(a)s', '%(b)s', '%(C)s', '%%', '%', '%(', ';', ' ;', '#', '=', ':', '\u00a0', '\x1c', 'ä'),
    {
      maxLength: 5,
    },
  )
  .map((parts) => parts.join(''));
const option = fc
  .tuple(pick('a', 'b', 'C', 'd d', ''), pick('=', ' = ', ':', ' : ', ' '), value)
  .map((parts) => parts.join(''));
const header = pick('[s]', '[t]', '[DEFAULT]', '[S] x', '[u]=1', '[v]]');
const line = fc
  .tuple(
    pick('', '', '', ' ', '  ', '\t', '\x1f', '\u3000'),
    fc.oneof({ weight: 4, arbitrary: option }, { weight: 2, arbitrary: value }, { weight: 1, arbitrary: header }),
    pick('', '', ' ', ' ; c', ';c', '\x85'),
  )
  .map((parts) => parts.join(''));
const text = fc
  .tuple(pick('[s]\n', '[s]\n', ''), fc.array(fc.tuple(line, pick('\n', '\n', '\r\n', '\r')), { maxLength: 10 }))
  .map(([head, lines]) => head + lines.map((parts) => parts.join('')).join(''));

testWith([python], "reads and interpolates as Python's configparser does", () => {
  const texts = fc.sample(text, { numRuns: 3000, seed: 7 });
  const theirs = askPython<(Values | null)[]>(script, texts);
  const understood = theirs.filter((answer) => answer !== null);
  expect(understood.length).toBeGreaterThan(300);
  expect(understood.length).toBeLessThan(texts.length - 300);
  texts.forEach((each, index) => {
    expect({ text: each, read: askOurs(each) }).toEqual({ text: each, read: theirs[index] });
  });
});
