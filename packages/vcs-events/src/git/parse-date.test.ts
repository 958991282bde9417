import { parseDate } from './parse-date.ts';

test.each([
  ['1146431820 +0200', { timeMs: 1_146_431_820_000, tzMinutes: 120 }],
  ['0 +0000', { timeMs: 0, tzMinutes: 0 }],
  ['1 -0000', { timeMs: 1000, tzMinutes: 0 }],
  ['1 -0330', { timeMs: 1000, tzMinutes: -210 }],
  ['1 +1400', { timeMs: 1000, tzMinutes: 840 }],
  ['-1000 +0530', { timeMs: -1_000_000, tzMinutes: 330 }],
  ['1000 +51800', { timeMs: 1_000_000, rawDate: '1000 +51800' }],
  ['1000 +051800', { timeMs: 1_000_000, rawDate: '1000 +051800' }],
  ['1 +1401', { timeMs: 1000, rawDate: '1 +1401' }],
  ['99999999999999999999 +0100', { rawDate: '99999999999999999999 +0100' }],
  ['8640000000001 +0000', { rawDate: '8640000000001 +0000' }],
  ['8640000000000 +0000', { timeMs: 8.64e15, tzMinutes: 0 }],
  ['', { rawDate: '' }],
  ['12', { rawDate: '12' }],
  [' +0000', { rawDate: ' +0000' }],
  ['1e9 +0100', { rawDate: '1e9 +0100' }],
  ['0x10 +0100', { rawDate: '0x10 +0100' }],
  ['1000 UTC+1', { rawDate: '1000 UTC+1' }],
  ['10 00 +0100', { rawDate: '10 00 +0100' }],
])('%j is %j', (text, date) => {
  // Twice: the second time the zone is known.
  expect(parseDate(text)).toEqual(date);
  expect(parseDate(text)).toEqual(date);
});
