import type { Failure } from '@sluice/pipeline';
import type { Output } from '../output/output.ts';
import { parseTemplate } from '../output/parse-template.ts';
import type { Prefix } from '../output/prefix.ts';
import type { Place } from '../search/printer.ts';

/** Prints a failure as a line. `lineAt` is where its line begins in the place's bytes. */
export type FailurePrinter = (place: Place, failure: Failure, lineAt: number) => void;

/** Prints nothing. */
export const silent: FailurePrinter = () => {};

/** Prints whom a failure is counted for. */
export const hostPrinter =
  (output: Output, prefix: Prefix): FailurePrinter =>
  (place, { id }, lineAt) => {
    prefix.write(output, place, lineAt);
    output.text(`${id}\n`);
  };

const timeOf = ({ timeMs }: Failure): string => new Date(timeMs).toISOString();

/** Prints failures as JSON: as matches, with `host` and `time`. */
export const jsonPrinter =
  (output: Output, lineNumbers: boolean): FailurePrinter =>
  (place, failure, lineAt) => {
    const { path, offset, pattern, id, line, groups } = failure;
    const lineNumber = lineNumbers ? { lineNumber: place.numberAt(lineAt) } : {};
    const record = { path, offset, ...lineNumber, pattern, host: id, time: timeOf(failure), line, groups };
    output.text(`${JSON.stringify(record)}\n`);
  };

type Field = (place: Place, failure: Failure, lineAt: number) => string;

const common: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['path', (_, { path }) => path],
  ['offset', (_, { offset }) => String(offset)],
  ['number', (place, _, lineAt) => String(place.numberAt(lineAt))],
  ['pattern', (_, { pattern }) => String(pattern)],
  ['line', (_, { line }) => line],
  ['host', (_, { id }) => id],
  ['time', (_, failure) => timeOf(failure)],
]);

/**
 * Prints failures by a template.
 *
 * @param groups names that a failure's groups may have
 * @throws LogmatchError `ERR_LOGMATCH_USAGE` for a field that there is not
 */
export function templatePrinter(output: Output, template: string, groups: readonly string[]): FailurePrinter {
  const parts = parseTemplate(template, [...common.keys(), ...groups]);
  const fields = parts.map((part): Field => {
    if ('text' in part) return () => part.text;
    return common.get(part.field) ?? ((_, failure) => failure.groups[part.field] ?? '');
  });
  return (place, failure, lineAt) => output.text(`${fields.map((field) => field(place, failure, lineAt)).join('')}\n`);
}
