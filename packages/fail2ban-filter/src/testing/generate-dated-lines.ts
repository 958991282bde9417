import fc from 'fast-check';
import { dateForms, usualDates } from './date-forms.ts';
import type { FilterQuestion } from './fail2ban-oracle.ts';

const before = ['', '', '', '', '<30>', '[', '  ', 'x ', '192.0.2.7 - - ', '10.0.0.1 - - '];
const behind = [
  '',
  '',
  'host app: ',
  '] ',
  '[1]: 2005-08-14 10:00:00 ',
  '"GET /11:22:33 1124013000"',
  'Aug 14 10:00:00 ',
  'ä',
];

/** All of a line but its date is a group of the failure. */
const everything = '^(?P<rest>.*)#<F-ID>\\d</F-ID>$';

/**
 * Logs in which dates of a few forms take turns, planted ones among them. Every line is a failure, so that all teach the
 * detector, whether it reads all lines or only those that match.
 */
export const dateQuestions: fc.Arbitrary<FilterQuestion> = fc
  .record({
    form: fc.constantFrom(...dateForms),
    others: fc.array(fc.constantFrom(...usualDates, ...dateForms.flatMap(({ texts }) => texts)), {
      minLength: 1,
      maxLength: 3,
    }),
    zone: fc.constantFrom(undefined, undefined, 'UTC', 'EST', '+0530'),
  })
  .chain(({ form: { pattern, texts }, others, zone }) => {
    const date = fc.constantFrom(...others, ...texts, ...texts, others[0] as string);
    const line = fc
      .tuple(fc.constantFrom(...before), date, fc.constantFrom(...behind))
      .map((parts) => `${parts.join('')}#1`);
    return fc.array(line, { minLength: 5, maxLength: 60 }).map((lines) => ({
      failRegex: [everything],
      ignoreRegex: [],
      maxLines: 1,
      datePattern: pattern,
      logTimezone: pattern === undefined || pattern.includes('%Y') ? zone : undefined,
      useDns: 'no' as const,
      mode: 'test' as const,
      lines,
    }));
  });
