const words: ReadonlyMap<string, string> = new Map([
  ['a', 'DAY'],
  ['A', 'DAYNAME'],
  ['b', 'MON'],
  ['B', 'MONTH'],
  ['d', 'Day'],
  ['H', '24hour'],
  ['I', '12hour'],
  ['j', 'Yearday'],
  ['m', 'Month'],
  ['M', 'Minute'],
  ['p', 'AMPM'],
  ['S', 'Second'],
  ['U', 'Yearweek'],
  ['w', 'Weekday'],
  ['W', 'Yearweek'],
  ['y', 'Year2'],
  ['Y', 'Year'],
  ['%', '%'],
  ['z', 'Zone offset'],
  ['f', 'Microseconds'],
  ['Z', 'Zone name'],
]);

const tokens = /%(Ex[A-Za-z]|.|$)/g;
const marks = /^\{(?:UNB|\^LN-BEG)\}/;

function word(token: string): string {
  const plain = words.get(token);
  if (plain !== undefined) return plain;
  const exact = token.startsWith('Ex') ? words.get(token.slice(2)) : undefined;
  return exact === undefined ? `%${token}` : `Ex${exact}`;
}

/**
 * What fail2ban calls a date template: its pattern with words in the place of tokens.
 *
 * @param pattern as `DateTemplate.name` has it
 */
export function templateName(pattern: string): string {
  const mark = marks.exec(pattern)?.[0] ?? '';
  const body = pattern.slice(mark.length);
  const shown = mark === '{UNB}' ? '' : mark;
  if (pattern === '{NONE}') return '^';
  if (body === 'EPOCH') return `${shown}Epoch`;
  if (body === 'LEPOCH') return `${shown}LongEpoch`;
  if (/\{L?EPOCH\}/.test(pattern)) return pattern;
  return shown + body.replaceAll(tokens, (_, token: string) => word(token));
}
