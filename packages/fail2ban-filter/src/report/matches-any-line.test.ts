import { matchesAnyLine } from './matches-any-line.ts';

test.each([
  '^.+$',
  '.+',
  String.raw`^(?P<mlfid>(?:\[\])?\s*(?:<[^.]+>\s+)?)(?:(?:error|fatal): )?(?P<content>.+)$`,
  String.raw`^\s*(?:x|)(?P<content>.*)`,
  '^[^]a]*(?P<content>.{1,9})',
  '.$',
  '.{1,}$',
])('it is sure that every line is matched by %s', (regex) => {
  expect(matchesAnyLine(regex)).toBe(true);
});

test.each([
  '^a.+$',
  '^.+ .+$',
  '^..',
  '.{2,}',
  String.raw`^\S+`,
  '^(?!x).+',
  '^(?=.*x).*$',
  '^(?:a|b).*$',
  '^(?(x)a|b)',
  '.+(',
  '.++',
  '^$',
  '^.$',
  '^.{1,9}$',
  '^(?:.x)+$',
  '.+$^',
  'x*$.',
])('it is not sure that every line is matched by %s', (regex) => {
  expect(matchesAnyLine(regex)).toBe(false);
});
