import { textOf } from '../values/value.ts';
import { parseIni } from './parse-ini.ts';

const parse = (...lines: string[]) => parseIni(lines.join('\n'), 'x.conf');

/** Options of all sections as plain text. */
const textsOf = ({ sections }: ReturnType<typeof parseIni>) =>
  Object.fromEntries(
    [...sections].map(([name, { options }]) => [
      name,
      Object.fromEntries([...options].map(([option, value]) => [option, textOf(value)])),
    ]),
  );

const faultsOf = (file: ReturnType<typeof parseIni>) =>
  file.faults.map(({ error, section }) => [section, error.message]);

describe('parseIni', () => {
  test('takes = and : as delimiters, the first one in the line', () => {
    expect(textsOf(parse('[a]', 'x = 1:2', 'y: 3=4', 'z=', 'w =  v  '))).toEqual({
      a: { x: '1:2', y: '3=4', z: '', w: 'v' },
    });
  });

  test('lower-cases option names and not section names', () => {
    expect(textsOf(parse('[Definition]', 'FailRegex = A'))).toEqual({ Definition: { failregex: 'A' } });
  });

  test('continues a value by deeper indentation, also an indented one', () => {
    expect(textsOf(parse('[a]', 'x = 1', '  2', '\t3', ' y = 4', ' z = 5'))).toEqual({
      a: { x: '1\n2\n3\ny = 4\nz = 5' },
    });
    expect(textsOf(parse('[a]', '  x = 1', '    2', '  y = 3'))).toEqual({ a: { x: '1\n2', y: '3' } });
  });

  test('keeps blank lines within a value and drops those at its end', () => {
    expect(textsOf(parse('[a]', 'x =', '  1', '', '  2', '', '', '[b]'))).toEqual({ a: { x: '\n1\n\n2' }, b: {} });
  });

  test('drops lines of comment, also within a value', () => {
    expect(textsOf(parse('# c', '[a]', '; c', 'x = 1', '  # c', ' ; c', '  2'))).toEqual({ a: { x: '1\n2' } });
  });

  test('ends a line at ; after white, and never at #', () => {
    expect(textsOf(parse('[a]', 'x = 1 ; c', 'y = 2;3', 'z = 4 # 5', '  6\t; c'))).toEqual({
      a: { x: '1', y: '2;3', z: '4 # 5\n6' },
    });
  });

  test('reads every kind of line break and a byte order mark', () => {
    expect(textsOf(parseIni('\uFEFF[a]\r\nx = 1\ry = 2\n', 'x.conf'))).toEqual({ a: { x: '1', y: '2' } });
  });

  test('joins [DEFAULT] sections of one file', () => {
    expect(textsOf(parse('[DEFAULT]', 'x = 1', '[a]', '[DEFAULT]', 'y = 2'))).toEqual({
      DEFAULT: { x: '1', y: '2' },
      a: {},
    });
  });

  test('keeps the header of a conditional section as it is', () => {
    expect(textsOf(parse('[Init?family=inet6]', 'x = 1'))).toEqual({ 'Init?family=inet6': { x: '1' } });
  });

  test('gives every line of a value its own place', () => {
    const { sections } = parse('[a]', 'x = 1', '  # c', '  2');
    expect(sections.get('a')?.options.get('x')).toEqual([
      { text: '1', place: { file: 'x.conf', line: 2 } },
      { text: '2', place: { file: 'x.conf', line: 4 } },
    ]);
    expect(sections.get('a')?.place).toEqual({ file: 'x.conf', line: 1 });
  });

  test('names line and cure of an option without a delimiter, and goes on', () => {
    const file = parse('[a]', 'enabled true', '  of two lines', 'x = 1', '[b]', 'y = 2');
    expect(faultsOf(file)).toEqual([
      [
        'a',
        'x.conf:2: "enabled true" is neither a section nor an option; write option = value, or indent it to continue the value above',
      ],
    ]);
    expect(textsOf(file)).toEqual({ a: { x: '1' }, b: { y: '2' } });
  });

  test('lays the fault of an unclosed header on the section that was meant', () => {
    const file = parse('[a]', 'x = 1', '[b', 'x = 2', '[c]', 'x = 3');
    expect(faultsOf(file)).toEqual([['b', 'x.conf:3: "[b" is no section header; write it as [name]']]);
    expect(textsOf(file)).toMatchObject({ a: { x: '1' }, c: { x: '3' } });
  });

  test('reports a second section and a second option of one name, and takes the first', () => {
    const file = parse('[a]', 'x = 1', 'X = 2', '  3', 'y = 4', '[a]', 'z = 5');
    expect(faultsOf(file)).toEqual([
      ['a', 'x.conf:3: option "x" is already in [a], at line 2; remove one of the two'],
      ['a', 'x.conf:6: section [a] is already in this file, at line 1; make one section of the two'],
    ]);
    expect(textsOf(file)).toEqual({ a: { x: '1', y: '4' } });
  });

  test('reports lines before the first section once', () => {
    expect(faultsOf(parse('x = 1', 'y = 2', 'z'))).toEqual([
      [undefined, 'x.conf:1: "x = 1" stands before the first section; put a header such as [DEFAULT] above it'],
    ]);
  });

  test('lists twenty faults of a section, and that there are more', () => {
    const broken = Array.from({ length: 50_000 }, () => 'x').join('\n');
    const { faults } = parse('[a]', broken, '[b]', 'y');
    expect(faults.map(({ section }) => section)).toEqual([...Array.from({ length: 21 }, () => 'a'), 'b']);
    expect(faults[20]?.error.message).toBe(
      'x.conf:22: [a] has more than 20 faults; correct those above, then read it again',
    );
  });

  test('reports a value without a name', () => {
    expect(faultsOf(parse('[a]', '= 1'))).toEqual([['a', 'x.conf:2: "= 1" names no option; write option = value']]);
  });
});
