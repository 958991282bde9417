import { type Io, type Terminal, terminalOf } from '@sluice/command-line';
import { bpText, type QueueEntry, type QueuePlace } from '@sluice/exim-queue/batches';
import { usageError } from '../command-line/usage-error.ts';
import { jsonLine } from '../output/json-line.ts';
import type { ListSettings } from '../settings/list-settings.ts';
import type { Column } from './column.ts';
import { columns } from './columns.ts';
import type { ListOutput } from './list-output.ts';
import type { ColumnName } from './read-columns.ts';
import { Table } from './table.ts';

const usual: readonly ColumnName[] = ['id', 'age', 'size', 'state', 'sender', 'rcpts'];
const usualOfAll: readonly ColumnName[] = ['id', 'queue', 'age', 'size', 'state', 'sender', 'rcpts'];

const lines = (line: (entry: QueueEntry) => string) => ({
  headers: [],
  text: (entries: readonly QueueEntry[]) => entries.map(line).join(''),
  end: () => '',
});

const fieldsOf = (shown: readonly Column[]) => ({
  fields: [...new Set(shown.flatMap(({ field }) => field ?? []))],
  headers: [...new Set(shown.flatMap(({ headers = [] }) => headers))],
});

function table(shown: readonly Column[], terminal: Terminal, nowMs: number): ListOutput {
  const made = new Table(shown, terminal, nowMs);
  const { fields, headers } = fieldsOf(shown);
  return { fields, headers, text: (entries) => made.lines(entries), end: () => made.end() };
}

/** A table with encoded words decoded, by a decoder that is loaded when it is needed. */
function withSubjects(output: ListOutput): ListOutput {
  return {
    ...output,
    text: async (entries) => output.text(await (await import('./decode-subjects.ts')).decodeSubjects(entries)),
  };
}

/**
 * The way to print that the options ask for.
 *
 * @param nowMs the moment that ages are told for
 * @throws EximqError `ERR_EXIMQ_USAGE`
 */
export function outputOf(settings: ListSettings, { queue }: QueuePlace, io: Io, nowMs: number): ListOutput {
  const { exim, json, ids, columns: named } = settings;
  if ([exim, json, ids].filter((way) => way === true).length > 1) {
    throw usageError('--exim, --json and --ids are three ways to print the same', 'give one of them');
  }
  const shown = (named?.names ?? (queue === '*' ? usualOfAll : usual)).map((name) => columns[name]);
  if (exim === true) return { ...lines((entry) => bpText(entry, nowMs)), fields: ['size'] };
  if (ids === true) return { ...lines(({ id }) => `${id}\n`), fields: [] };
  if (json === true) return { ...lines(jsonLine), ...fieldsOf(shown) };
  const output = table(shown, terminalOf(io), nowMs);
  return output.headers.includes('subject') ? withSubjects(output) : output;
}
