import { ValueFault } from '@sluice/command-line';

/** Names of the columns, in the order of the help. */
export const columnNames = [
  'id',
  'queue',
  'age',
  'received',
  'size',
  'state',
  'sender',
  'rcpts',
  'recipients',
  'subject',
  'host',
  'auth',
  'login',
  'protocol',
  'reason',
] as const;

export type ColumnName = (typeof columnNames)[number];

/** Columns in the order in which they are shown. */
export interface ColumnList {
  readonly names: readonly ColumnName[];
}

/** `id,age,subject`. */
export function readColumns(text: string): ColumnList {
  const names = text.split(',').map((word) => columnNames.find((name) => name === word.trim()));
  if (names.includes(undefined)) throw new ValueFault(`some of ${columnNames.join(', ')}, with commas between`, text);
  return { names: names.filter((name) => name !== undefined) };
}
