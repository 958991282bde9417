/** A `datepattern`, and dates that it reads, or nearly. */
export interface DateForm {
  readonly pattern: string | undefined;
  readonly texts: readonly string[];
}

const form = (pattern: string | undefined, ...texts: readonly string[]): DateForm => ({ pattern, texts });

/** Dates of the default templates, and of none. */
export const usualDates: readonly string[] = [
  '2005-08-14 11:59:50 ',
  'Aug 14 11:59:50 ',
  'Sun Aug 14 11:59:50 2005 ',
  '[14/Aug/2005:11:59:50 +0200] ',
  '2005-08-14T09:59:50.123Z ',
  '1124013590 ',
  'Aug 13 10:00:00 ',
  'Dec 30 12:00:00 ',
  'Feb 30 10:00:00 ',
  '03:00:00 ',
  '',
];

/** Ways to write dates; with a zone of their own only where the date has a year, see `generate-filters.ts`. */
export const dateForms: readonly DateForm[] = [
  form(undefined),
  form(undefined, '<30>Aug 14 11:59:50 ', '14/08/05 11:59:50 ', '08/14/2005:11:59:50 ', '050814 11:59:50 '),
  form(undefined, '@4000000042ff1a460 ', '@4000000042ff1a4600000000 ', 'CEST Aug 14 11:59:50 ', '<08/14/05@11:59:50> '),
  form('{^LN-BEG}', '[2005-08-14 11:59:50] ', '--2005-08-14 11:59:50 ', '---2005-08-14 11:59:50 '),
  form('%Y-%m-%d %H:%M:%S', 'x2005-08-14 11:59:50 ', '(2005-8-14 1:9:5) '),
  form('^%b %d %H:%M:%S', 'aug  9 11:59:50 ', 'AUG 14 11:59:50 '),
  form('{^LN-BEG}EPOCH\n{^LN-BEG}', '[1124013590] ', '1124013590.123 ', '11240135901 '),
  form('EPOCH', 'audit(1124013590.123:7): ', '[1124013590] '),
  form('^LEPOCH', '1124013590123 ', '1124013590123456 ', '1124013590.5 '),
  form('t={EPOCH}', 't=1124013590 ', 'at t=1124013590.123 '),
  form('^{LEPOCH},', '1124013590123, ', '1124013590, '),
  form('TAI64N', '@4000000042ff1a4600000000 ', 'x @4000000042ff1a4600000000 '),
  form('{NONE}'),
  form('^[^\\[]*\\[({DATE})\n{^LN-BEG}', 'h [2005-08-14 11:59:50] ', 'h [14/Aug/2005:11:59:50 +0000] '),
  form('^<W>{DATE}', '<W>2005-08-14 11:59:50 ', '<W>Aug 14 11:59:50 '),
  form('{DATE}'),
  form('{UNB}%H:%M:%S', 'at11:59:50x '),
  form('**20%y%m%d**', '20050814 ', 'x200508149 '),
  form('%d.%m.%y %k:%M', '14.08.05  9:59 ', '14.8.05 11:59 '),
  form('%b %d, %Y %I:%M:%S %p', 'Aug 14, 2005 11:59:50 AM ', 'Aug 14, 2005 12:00:00 pm '),
  form('at %l:%M %p %d/%m/%Y', 'at  9:59 am 14/08/2005 ', 'at 12:01 AM 14/08/2005 '),
  form('^(?:%Y-)?%m-%d[ T]%H:%M:%S', '2005-08-14T11:59:50 ', '08-13 11:59:50 '),
  form('%A, %d %B %Y %X', 'Sunday, 14 August 2005 11:59:50 ', 'sunday, 14 AUGUST 2005 11:59:50 '),
  form('%c', 'Sun Aug 14 11:59:50 2005 '),
  form('%x %X', '08/14/05 11:59:50 '),
  form('%Y/%j %H', '2005/226 11 ', '2005/366 11 '),
  form('%Y %U %w %H:%M', '2005 33 0 11:59 ', '2005 00 6 11:59 '),
  form('%a %W %Y', 'Sun 32 2005 ', 'Mon 0 2005 '),
  form('%Y-%m-%d %H:%M:%S%z', '2005-08-14 11:59:50+0200 ', '2005-08-14 09:59:50Z ', '2005-08-14 11:59:50+02:00 '),
  form('%ExY-%Exm-%Exd %ExH:%ExM:%ExS %Exz', '2005-08-14 11:59:50 CEST ', '2005-08-14 09:59:50 UTC+0100 '),
  form('%ExY-%Exm-%Exd %ExH:%ExM:%ExS %ExZ', '2005-08-14 11:59:50 EST ', '2005-8-14 11:59:50 EST '),
  form('%Y-%m-%d %H:%M:%S %Z', '2005-08-14 11:59:50 CEST ', '2005-08-14 11:59:50 XXXXX '),
  form('%%%Y%%', '%2005% '),
  form('(%Y)-%m', '2005-08 ', '2005-13 '),
];
