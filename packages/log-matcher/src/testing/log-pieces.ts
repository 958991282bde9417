import fc from 'fast-check';

const encoder = new TextEncoder();

/** Logs in which matches, odd breaks, invalid bytes, empty and long lines are common. */
export const oddLog: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc
        .constantFrom(
          'wombat',
          'from 10.0.0.1',
          '\n',
          '\n',
          '\n',
          '\r\n',
          '\r',
          '\0',
          'é',
          'xy',
          ' ',
          '\ufeff',
          '😀',
          '',
        )
        .map((text) => encoder.encode(text)),
      fc.constantFrom(Uint8Array.of(0xff), Uint8Array.of(0xc3), Uint8Array.of(0xe2, 0x82)),
      fc.nat(60).map((length) => new Uint8Array(length).fill(0x61)),
    ),
    { maxLength: 60 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

/** Patterns of all kinds for such logs: with a literal and without, with groups, names, look-around, of every engine. */
export const oddPatterns: readonly string[] = [
  'wom(?P<rest>bat)?',
  '^(?P<first>\\w)?.*?from (?P<ip>[\\d.]+)(\\s*)$',
  '^$',
  '(?P<n>x)(?P<m>y)?|(?P<n>é)',
  '(a)\\1$',
  '\\ufffd+',
];
