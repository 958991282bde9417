import type { Json } from '../../control/json.ts';
import { pythonText } from './python-text.ts';

type Fields = { readonly [name: string]: Json };

/** How fail2ban calls the fields of a status. */
const labels: ReadonlyMap<string, string> = new Map([
  ['filter', 'Filter'],
  ['actions', 'Actions'],
  ['currentlyFailed', 'Currently failed'],
  ['totalFailed', 'Total failed'],
  ['files', 'File list'],
  ['journalMatches', 'Journal matches'],
  ['currentlyBanned', 'Currently banned'],
  ['totalBanned', 'Total banned'],
  ['banned', 'Banned IP list'],
  ['asns', 'Banned ASN list'],
  ['countries', 'Banned Country list'],
  ['rirs', 'Banned RIR list'],
]);

const valueText = (value: Json): string => (Array.isArray(value) ? value.map(pythonText).join(' ') : pythonText(value));
const branch = (isLast: boolean): string => (isLast ? '`-' : '|-');

/** The lines of one jail's status, below its title. */
function jailTree(status: Fields, before: string): string[] {
  const parts = Object.entries(status).filter(([name]) => name !== 'jail');
  return parts.flatMap(([name, fields], index) => {
    const isLast = index === parts.length - 1;
    const rows = Object.entries(fields as Fields);
    const inner = `${before}${isLast ? '   ' : '|  '}`;
    return [
      `${before}${branch(isLast)} ${labels.get(name) ?? name}`,
      ...rows.map(
        ([row, value], at) =>
          `${inner}${branch(at === rows.length - 1)} ${labels.get(row) ?? row}:\t${valueText(value)}`,
      ),
    ];
  });
}

/** `status JAIL`, as a tree. */
export const jailStatusText = (status: Fields): string =>
  [`Status for the jail: ${status['jail']}`, ...jailTree(status, '')].join('\n');

/** `status`, and with each jail's status below it, `status --all`. */
export function statusText({ jails, status }: Fields): string {
  const names = jails as readonly string[];
  const all = status as readonly Fields[] | undefined;
  const hasJails = all !== undefined && all.length > 0;
  const lines = [
    'Status',
    `|- Number of jail:\t${names.length}`,
    `${branch(!hasJails)} Jail list:\t${names.join(', ')}`,
  ];
  if (!hasJails) return lines.join('\n');
  lines.push('`- Status for the jails:');
  all.forEach((one, index) => {
    const isLast = index === all.length - 1;
    lines.push(`   ${branch(isLast)} Jail: ${one['jail']}`, ...jailTree(one, isLast ? '      ' : '   |  '));
  });
  return lines.join('\n');
}
