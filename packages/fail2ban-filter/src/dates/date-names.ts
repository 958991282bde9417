/** Names as C and Python's default locale write them, in calendar order. fail2ban reads no others. */
export const monthNames: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** From Monday, as `strptime` counts. */
export const dayNames: readonly string[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

const abbreviated = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));

export const monthAbbreviations: readonly string[] = abbreviated(monthNames);
export const dayAbbreviations: readonly string[] = abbreviated(dayNames);
