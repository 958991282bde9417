import { pythonRepr } from '@sluice/fail2ban-config';
import type { FailValue } from '@sluice/fail2ban-filter';
import { type CutLine, type LineReport, type ReportHit, TextTuple } from '@sluice/fail2ban-filter';
import { pythonDict, pythonFloat, pythonValue } from './python-text.ts';

const tag = /<([^ <>]+)>/g;

const matchesOf = ({ data }: ReportHit): readonly string[] => {
  const lines = data.get('matches');
  return Array.isArray(lines) ? (lines as readonly CutLine[]).map((line) => line.join('')) : [];
};

const timeOf = ({ timeMs }: ReportHit, { isWhole }: LineReport): string => {
  if (timeMs === undefined) return 'None';
  return isWhole() ? String(timeMs / 1000) : pythonFloat(timeMs / 1000);
};

const plain = (value: FailValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : pythonValue(value);

const ipOf = ({ id, data }: ReportHit): string | undefined => {
  const ip = data.get('ip');
  return typeof ip === 'string' ? ip : id;
};

/** What stands for a tag of an action; undefined for one that there is not. */
function tagValue(name: string, hit: ReportHit, report: LineReport): string | undefined {
  const { data } = hit;
  const ip = ipOf(hit) ?? '';
  if (name.startsWith('F-')) {
    const value = data.get(name.slice(2).toLowerCase()) ?? '';
    return value instanceof TextTuple ? pythonValue(value) : plain(value);
  }
  switch (name) {
    case 'ip':
      return ip;
    case 'fid':
      return hit.id ?? 'None';
    case 'family':
      return ip.includes(':') ? 'inet6' : /^[\d.]+$/.test(ip) ? 'inet4' : '';
    case 'time':
      return timeOf(hit, report);
    case 'failures':
      return '1';
    case 'matches':
      return matchesOf(hit).join('\n');
    default:
      return undefined;
  }
}

function filled(format: string, hit: ReportHit, report: LineReport): string[] {
  const matches = matchesOf(hit);
  const fill = (line: string): string =>
    format.replaceAll(tag, (whole, name: string) => (name === 'msg' ? line : (tagValue(name, hit, report) ?? whole)));
  return format.includes('<msg>') ? matches.map(fill) : [fill('')];
}

/**
 * What `--out` prints of a failure.
 *
 * @param format `id`, `ip`, `msg`, `row`, a group's name, or a text with `<tags>`
 */
export function failureLines(format: string, hit: ReportHit, report: LineReport): string[] {
  if (format === 'id' || format === 'fid') return [hit.id ?? 'None'];
  if (format === 'ip') return [ipOf(hit) ?? 'None'];
  if (format === 'msg') return [...matchesOf(hit)];
  if (format === 'row') {
    const id = pythonRepr(hit.id);
    const values = [...hit.data].filter(([name]) => name !== 'matches');
    return [`[${id},\t${timeOf(hit, report)},\t${pythonDict(values)}],`];
  }
  return format.includes('<') ? filled(format, hit, report) : [plain(hit.data.get(format))];
}
