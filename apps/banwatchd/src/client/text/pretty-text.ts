import { pythonRepr } from '@sluice/fail2ban-config';
import type { Json } from '../../control/json.ts';

const width = 1000;
const step = 2;

/** The pieces of a text that is too long for a line: its lines, and of those that are too long, runs of words. */
function chunksOf(text: string, indent: number, allowance: number): string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+/g) ?? [];
  return lines.flatMap((line, index) => {
    const isLast = index === lines.length - 1;
    const room = (isEnd: boolean): number => width - indent - (isEnd ? allowance : 0);
    if (pythonRepr(line).length <= room(isLast)) return [pythonRepr(line)];
    const chunks: string[] = [];
    const parts = line.match(/\s*\S+\s*|\s+/g) ?? [];
    let current = '';
    parts.forEach((part, at) => {
      const isEnd = isLast && at === parts.length - 1;
      if (pythonRepr(current + part).length <= room(isEnd)) current += part;
      else {
        if (current !== '') chunks.push(pythonRepr(current));
        current = part;
      }
    });
    return current === '' ? chunks : [...chunks, pythonRepr(current)];
  });
}

function format(value: Json, indent: number, allowance: number): string {
  const whole = pythonRepr(value);
  if (whole.length <= width - indent - allowance) return whole;
  if (typeof value === 'string') return chunksOf(value, indent, allowance).join(`\n${' '.repeat(indent)}`);
  if (!isList(value)) return whole;
  const inner = indent + step;
  const items = value.map((item, index) => format(item, inner, index === value.length - 1 ? allowance + 1 : 1));
  return `[${' '.repeat(step - 1)}${items.join(`,\n${' '.repeat(inner)}`)}]`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Writes a command as Python's `pprint` does with lines of 1000 characters: what `fail2ban-client --dp` prints. */
export const prettyText = (command: readonly Json[]): string => format(command, 0, 0);
