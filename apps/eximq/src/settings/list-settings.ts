import { readCount, type Settings } from '@sluice/command-line';
import { type ColumnList, columnNames, readColumns } from '../list/read-columns.ts';

/** How messages are listed. */
export interface ListSettings {
  readonly exim?: boolean;
  readonly json?: boolean;
  readonly ids?: boolean;
  readonly columns?: ColumnList;
  readonly limit?: number;
}

export const listSettings: Settings<ListSettings> = {
  exim: { help: 'byte for byte as exim -bp prints it' },
  json: { help: 'one JSON object a message, one a line' },
  ids: { short: 'i', help: 'ids only, one a line' },
  columns: {
    value: 'NAMES',
    help: `columns of the table, as id,age,subject: ${columnNames.join(', ')}`,
    read: readColumns,
  },
  limit: { value: 'COUNT', help: 'the first COUNT messages only, oldest first', read: readCount(1) },
};
