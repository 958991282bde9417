import fc from 'fast-check';
import { DateDetector } from './date-detector.ts';
import { DateTemplate } from './date-template.ts';
import { defaultTemplates } from './default-templates.ts';
import { OtherTemplates } from './other-templates.ts';
import { fixedZone } from './time-zone.ts';

const nowMs = Date.UTC(2024, 10, 14, 12, 0, 30);
const zone = fixedZone(60);

/** The defaults that read tokens. */
const usual = defaultTemplates().filter(({ name }) => name.includes('%'));
/** The same, of which nothing is known but their regexes. */
const plain = usual.map(({ name, regex, anchored, weight }) => new DateTemplate(name, { regex, anchored }, { weight }));

const two = (max: number): fc.Arbitrary<string> => fc.nat(max).map((value) => String(value).padStart(2, '0'));
const clock = fc
  .tuple(fc.constantFrom('11', '12', '23', '2'), fc.constantFrom('00', '59', '7'), two(62))
  .map((parts) => parts.join(':'));
const date = fc.oneof(
  fc
    .tuple(fc.constantFrom('Nov 14', 'Nov 15', 'nov  5', 'Dec 31', 'Feb 29', 'Tue Nov 14', ' 5 Nov'), clock)
    .map((parts) => parts.join(' ')),
  fc
    .tuple(
      fc.constantFrom('2024-11-14', '2023/12/31', '2024-13-01', '٢024-11-14'),
      fc.constantFrom('T', ' ', '  '),
      clock,
      fc.constantFrom('', '.5', ',123', 'Z', ' +0100', ' +01:00', ' 2023'),
    )
    .map((parts) => parts.join('')),
  fc
    .tuple(
      fc.constantFrom('14/Nov/2024', '14-11-24', '11/14/2024'),
      fc.constantFrom(':', ' '),
      clock,
      fc.constantFrom('', ' +0000'),
    )
    .map((parts) => parts.join('')),
  clock,
);
const filler = fc.constantFrom(
  '',
  ' ',
  '[',
  '<',
  'x',
  'é',
  '٣',
  '1.2.3.4 - - [',
  '22.2.3.44 - - [',
  '] "GET /',
  ' host app[1]: ',
  '_',
  ' 2023',
  '.7',
);
const line = fc.tuple(filler, date, filler, fc.option(date), filler).map((parts) => parts.join(''));

/** Of one minute, mostly. */
const syslogLine = fc
  .tuple(
    fc.constantFrom('Nov 14 11:59:', 'Nov 14 11:59:', 'Nov 15 12:59:'),
    two(62),
    fc.constantFrom(' host', '', '.25 host', ' 2023 host', ' 202٣', 'é'),
  )
  .map((parts) => parts.join(''));

const shown = (detector: DateDetector, text: string): unknown => {
  const found = detector.find(text, nowMs);
  if (found !== undefined) detector.learn(text, found, nowMs);
  return found && { ...found, template: found.template.name };
};

test('a usual template finds and reads what one does of which nothing but the regex is known', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(line, syslogLine), { minLength: 10, maxLength: 30 }), (lines) => {
      const [quick, slow] = [new DateDetector(usual, zone), new DateDetector(plain, zone)];
      for (const text of lines) {
        const expected = shown(slow, text);
        if (expected !== undefined) found += 1;
        expect([text, shown(quick, text)]).toEqual([text, expected]);
      }
    }),
    { numRuns: 150, seed: 5 },
  );
  expect(found).toBeGreaterThan(500);
});

test('no other template hits a line of which that is said', () => {
  let missed = 0;
  const all = usual.map((template) => ({ template }));
  const others = new OtherTemplates();
  const but = usual[18] as DateTemplate;
  fc.assert(
    fc.property(line, (text) => {
      if (!others.miss(all, but, text)) return;
      missed += 1;
      const hits = usual.filter((template) => template !== but && template.match(text) !== undefined);
      expect([text, hits.map(({ name }) => name)]).toEqual([text, []]);
    }),
    { numRuns: 600, seed: 6 },
  );
  expect(missed).toBeGreaterThan(20);
});

test('a copy goes on from where the detector is, and apart from it', () => {
  const detector = new DateDetector(usual, zone);
  const lines = ['14/Nov/2024:11:00:00', '1.2.3.4 - - [14/Nov/2024:11:00:01', 'Nov 14 11:00:02 14/Nov/2024:11:00:01'];
  for (const text of lines) shown(detector, text);
  const copy = detector.copy();
  const more = ['x Nov 14 11:00:03', '2024-11-14 11:00:04 Nov 14 11:00:05', 'Nov 14 11:00:06 14/Nov/2024:11:00:01'];
  const there = more.map((text) => shown(copy, text));
  expect(more.map((text) => shown(detector, text))).toEqual(there);
});
