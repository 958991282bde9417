import fc from 'fast-check';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';
import { parseIni } from '../ini/parse-ini.ts';
import { mergeFiles } from '../tree/merge-files.ts';
import { Interpolator, MAX_EXPANDED_CHARS } from './interpolator.ts';
import { placeAt, textOf, valueAt } from './value.ts';

const treeOf = (...texts: string[]) =>
  mergeFiles(
    'x',
    texts.map((text, index) => parseIni(text, `${index}.conf`)),
  );
const get = (section: string, option: string, ...texts: string[]) => {
  const value = new Interpolator(treeOf(...texts), section).get(option);
  return value && textOf(value);
};

describe('Interpolator', () => {
  test('fills in options of the section, then of DEFAULT, at any depth', () => {
    const text = '[DEFAULT]\na = 1\nb = <%(a)s>\n[s]\na = 2\nc = %(b)s%(A)s\n';
    expect(get('s', 'c', text)).toBe('<2>2');
    expect(get('s', 'b', text)).toBe('<2>');
    expect(get('DEFAULT', 'b', text)).toBe('<1>');
    expect(get('s', 'nope', text)).toBeUndefined();
  });

  test('writes %% as one %', () => {
    expect(get('s', 'a', '[s]\na = 5%% %%(b)s')).toBe('5% %(b)s');
  });

  test('knows the name of the section', () => {
    expect(get('sshd', 'filter', '[DEFAULT]\nfilter = %(__name__)s[mode=%(mode)s]\nmode = x\n[sshd]\n')).toBe(
      'sshd[mode=x]',
    );
  });

  test('takes %(section/option)s from there, else from DEFAULT, and fills it in here', () => {
    const text =
      '[DEFAULT]\nd = D\nx = default\n[a]\nx = %(y)s\ny = far\n[s]\ny = near\nv = %(a/x)s %(a/d)s %(default/x)s\n';
    expect(get('s', 'v', text)).toBe('near D default');
  });

  test('takes %(known/option)s from before the last file that sets it, else from DEFAULT', () => {
    const first = '[DEFAULT]\nd = D\n[s]\na = 1\nb = 9\n';
    expect(get('s', 'a', first, '[s]\na = %(known/a)s2 %(known/d)s')).toBe('12 D');
    expect(get('s', 'a', first, '[s]\na = 2', '[s]\na = %(known/a)s3')).toBe('23');
    expect(() => get('s', 'c', first, '[s]\nc = %(known/b)s')).toThrow(
      '%(known/b)s names no option of [s] or [DEFAULT]',
    );
  });

  test('takes what the caller passes first, and as it is', () => {
    const tree = treeOf('[s]\na = own\nb = %(a)s\n');
    const passed = new Interpolator(tree, 's', (name) =>
      name === 'a' ? valueAt('%(x)s 5%', { file: 'arg', line: 1 }) : undefined,
    );
    expect(textOf(passed.get('b') ?? [])).toBe('%(x)s 5%');
  });

  test('gives each line the place where it was written', () => {
    const tree = treeOf('[DEFAULT]\nmore = 1\n  2\n[s]\nv = a\n  %(more)s\n  z %(more)s\n');
    const lines = new Interpolator(tree, 's').get('v') ?? [];
    expect(lines.map(({ text, place }) => [text, place.line])).toEqual([
      ['a', 5],
      ['1', 2],
      ['2', 3],
      ['z 1', 7],
      ['2', 3],
    ]);
  });

  test('knows where each part of a line was written', () => {
    const tree = treeOf('[DEFAULT]\nname = ssh\n[s]\nv = <%(name)s>\n');
    const value = new Interpolator(tree, 's').get('v') ?? [];
    expect(textOf(value)).toBe('<ssh>');
    expect([0, 1, 3, 4].map((offset) => placeAt(value, offset).line)).toEqual([4, 2, 2, 4]);
  });

  test.each([
    ['%(nope)s', '0.conf:2: %(nope)s names no option of [s] or [DEFAULT]; define nope there, or remove the reference'],
    ['5% off', '0.conf:2: "% off" is no reference; write %(name)s, or %% for one %'],
    ['%(a', '0.conf:2: "%(a" is no reference; write %(name)s, or %% for one %'],
    ['x%(v)s', '0.conf:2: %(v)s refers to itself, by way of v; take one of these references out'],
  ])('refuses %s', (text, message) => {
    expect(() => get('s', 'v', `[s]\nv = ${text}\n`)).toThrow(
      new Fail2banConfigError('ERR_FAIL2BAN_CONFIG_INTERPOLATION', message),
    );
  });

  test('follows ten levels of references and not eleven', () => {
    const chain = Array.from({ length: 11 }, (_, index) => `v${index} = %(v${index + 1})s`).join('\n');
    const text = `[s]\n${chain}\nv11 = end\n`;
    expect(get('s', 'v1', text)).toBe('end');
    expect(() => get('s', 'v0', text)).toThrow('nested more than 10 levels deep');
  });

  test('refuses the eleventh level also when the lower ones were read before', () => {
    const chain = Array.from({ length: 11 }, (_, index) => `v${index} = %(v${index + 1})s`).join('\n');
    const interpolator = new Interpolator(treeOf(`[s]\n${chain}\nv11 = end\n`), 's');
    expect(textOf(interpolator.get('v5') ?? [])).toBe('end');
    expect(() => interpolator.get('v0')).toThrow('nested more than 10 levels deep');
  });

  test('stops a value that grows without end, and works each reference out once', () => {
    const bomb = Array.from({ length: 9 }, (_, index) => `v${index} = ${`%(v${index + 1})s`.repeat(1000)}`).join('\n');
    expect(() => get('s', 'v0', `[s]\n${bomb}\nv9 = x\n`)).toThrow(`grows over ${MAX_EXPANDED_CHARS} characters`);
    expect(get('s', 'v0', `[s]\n${bomb}\nv9 =\n`)).toBe('');
  });

  test('throws nothing but its own error, whatever the values', () => {
    const part = fc.constantFrom(
      '%',
      '(',
      ')',
      's',
      'a',
      'b',
      '/',
      'known',
      'default',
      '%(a)s',
      '%(b)s',
      '%(s/a)s',
      '\n ',
      '%%',
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        try {
          get('s', 'a', `[DEFAULT]\nb = ${b}\n[s]\na = ${a}\n`, `[s]\na = ${c}\n`);
        } catch (error) {
          expect(error).toBeInstanceOf(Fail2banConfigError);
        }
      }),
    );
  });
});
