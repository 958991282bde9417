import type { Json } from '../../control/json.ts';

type Fields = { readonly [name: string]: Json };

/** The lines of the table: in the characters of a terminal that knows Unicode, or plain. */
interface Rules {
  readonly vertical: string;
  readonly double: string;
  readonly tee: string;
  readonly cross: string;
  readonly doubleCross: string;
  readonly foot: string;
  readonly thin: string;
  readonly dash: string;
}

const unicode: Rules = {
  vertical: '║',
  double: '═',
  tee: '╟',
  cross: '╫',
  doubleCross: '╬',
  foot: '╩',
  thin: '│',
  dash: '─',
};
const ascii: Rules = {
  vertical: '|',
  double: '-',
  tee: '|',
  cross: 'x',
  doubleCross: 'x',
  foot: '-',
  thin: '|',
  dash: '-',
};

const leastWidths = [8, 8, 3, 3, 3, 3] as const;

/** `stats`: the table of newer releases of fail2ban. */
export function statsText(stats: Fields, isUnicode: boolean): string {
  const rows = Object.entries(stats).map(([name, value]) => rowOf(name, value as Fields));
  if (rows.length === 0) return 'No jails found.';
  const rules = isUnicode ? unicode : ascii;
  const widths = leastWidths.map((least, column) => Math.max(least, ...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column < 2 ? text.padEnd(width) : text.padStart(width);
  };
  const line = (row: readonly string[]): string => {
    const [jail, backend, failed, allFailed, banned, allBanned] = row.map(cell);
    const pairs = [`${failed} ${rules.thin} ${allFailed}`, `${banned} ${rules.thin} ${allBanned}`];
    return ` ${[jail, backend, ...pairs].join(` ${rules.vertical} `)}`;
  };
  const [jail = 0, backend = 0, failed = 0, allFailed = 0, banned = 0, allBanned = 0] = widths;
  const blocks = [jail, backend, failed + allFailed + 3, banned + allBanned + 3];
  const double = (joint: string): string => {
    const joined = blocks.map((width) => rules.double.repeat(width)).join(`${rules.double}${joint}${rules.double}`);
    return `${rules.double}${joined}${rules.double}`;
  };
  const heads = ['', '', 'Filter', 'Actions'].map((text, block) => text.padEnd(blocks[block] ?? 0));
  const [filterBlock = 0, actionBlock = 0] = blocks.slice(2);
  const middle = `${rules.dash}${rules.cross}${rules.dash}`;
  const under = `${rules.dash.repeat(filterBlock)}${middle}${rules.dash.repeat(actionBlock)}`;
  const names = `${'Jail'.padEnd(jail)} ${rules.vertical} ${'Backend'.padEnd(backend)}`;
  return [
    ` ${heads.join(` ${rules.vertical} `)}`,
    ` ${names} ${rules.tee}${rules.dash}${under}${rules.dash}`,
    line(['', '', 'cur', 'tot', 'cur', 'tot']),
    double(rules.doubleCross),
    ...rows.map(line),
    double(rules.foot),
  ].join('\n');
}

function rowOf(name: string, { backend, filter, actions }: Fields): string[] {
  const [failures, bans] = [filter as Fields, actions as Fields];
  const counts = [failures['currentlyFailed'], failures['totalFailed'], bans['currentlyBanned'], bans['totalBanned']];
  return [name, String(backend), ...counts.map(String)];
}
