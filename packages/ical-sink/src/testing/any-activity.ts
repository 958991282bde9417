import type { Activity } from '@sluice/pipeline';
import fc from 'fast-check';

const pieces = [
  ...[
    '\r',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '\u0000',
    '\u0007',
    '\u000b',
    '\u000c',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ufeff',
  ],
  ...[
    '\\',
    ';',
    ',',
    ':',
    '"',
    '\\n',
    '\\N',
    '\\No newline',
    '=',
    '%',
    'BEGIN:VEVENT',
    'END:VEVENT\r\n',
    'x'.repeat(74),
  ],
  ...[
    '\ud800',
    '\udfff',
    '\ud83d\ude00',
    '\u00e9',
    '\u20ac',
    '\uffff',
    '\ufffe',
    'é'.repeat(37),
    '\u{1f600}'.repeat(19),
  ],
];

/** Texts made of what has ever gone wrong, and of anything else. */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary' }), fc.string()), { maxLength: 12 })
  .map((parts) => parts.join(''));

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Any activity that can be written, among few uids and few years. */
export const anyActivity: fc.Arbitrary<Activity> = fc
  .record({
    uid: fc.nat(12).map((n) => `id,${n};\\${'x'.repeat(n * 8)}@source`),
    startMs: fc.integer({ min: Date.UTC(2022, 0, 1), max: Date.UTC(2024, 5, 1) }),
    lengthMs: optional(fc.nat(10_000_000)),
    title: anyText,
    text: optional(anyText),
    categories: optional(fc.array(anyText, { maxLength: 3 })),
    url: optional(anyText),
    sequence: optional(fc.nat(3)),
  })
  .map(({ lengthMs, ...rest }) => {
    const activity = {
      ...rest,
      source: { kind: 'test', id: 'source' },
      ...(lengthMs && { endMs: rest.startMs + lengthMs }),
    };
    return Object.fromEntries(
      Object.entries(activity).filter(([, value]) => value !== undefined),
    ) as unknown as Activity;
  });
