import fc from 'fast-check';
import { defaultTemplates } from './default-templates.ts';
import { PlainRegex } from './plain-regex.ts';

const templates = defaultTemplates();

const piece = fc.constantFrom(
  ...['Nov 14', 'nov  5', 'Tue Nov 14', '2024', '2024-11-14', '2024/11/14', '20241114', '14/Nov/2024', '14-11-24'],
  ...['11/14/2024', '11-14-2024', 'Nov 14, 2024', 'Nov-14-24', '11:59:07', '1:5:7', '115907', 'PM', 'am'],
  ...['1700000000', '17000000001', '1700000000.123', 'audit(', '@4000000065d1e2f31234abcd', '.25', ',123456', 'Z'],
  ...['UTC', ' +0100', '+01:00', 'CET', 'T', ' ', '  ', '[', ']', '(', ':', '<', '@', '>', '_', 'x', '-', '\t'],
);
const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

test('each usual template has a regex of V8 that finds what its automaton finds, groups included', () => {
  let hits = 0;
  for (const template of templates) {
    const quick = new PlainRegex(template.regex);
    fc.assert(
      fc.property(line, (text) => {
        const found = quick.match(text);
        const match = template.compile().match(text);
        if (found === 'ask the engine') throw new Error(`no regex for ${template.name}`);
        const all = (of: typeof match | typeof found): unknown =>
          of && typeof of === 'object'
            ? [of.start(), of.end(), of.start(1), of.end(1), of.text(1), of.groups()]
            : undefined;
        expect(all(found)).toEqual(all(match));
        if (found !== undefined) hits += 1;
      }),
      { numRuns: 300 },
    );
  }
  expect(hits).toBeGreaterThan(templates.length);
});

test('leaves to the engine what Python and V8 may see in two ways', () => {
  const [template] = templates;
  const quick = new PlainRegex(template?.regex ?? '');
  for (const text of ['é', '\x1c', '2024-11-14 11:59:07\n', '\x00', 'x'.repeat(5000)])
    expect(quick.match(text)).toBe('ask the engine');
});

test('what a usual template is said to cut, without being compiled, is what its regex says', () => {
  const order = ['none', 'start', 'words', 'any'];
  for (const template of templates) {
    const places = template.compile().patterns[0]?.cutPlaces(1) ?? 'any';
    expect(order.indexOf(places)).toBeLessThanOrEqual(order.indexOf(template.cutPlaces));
  }
});
