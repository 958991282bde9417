import type { CommandLine } from '../command-line/command-line.ts';
import { jsonRecord } from '../output/json-record.ts';
import { LinePrinter } from '../output/line-printer.ts';
import type { Output } from '../output/output.ts';
import { PartPrinter } from '../output/part-printer.ts';
import { Prefix } from '../output/prefix.ts';
import { RecordPrinter } from '../output/record-printer.ts';
import { SummaryPrinter } from '../output/summary-printer.ts';
import { asksForNumbers, templateRecord } from '../output/template-record.ts';
import { compilePatterns } from '../patterns/compile-patterns.ts';
import { PartFinder } from '../patterns/part-finder.ts';
import { type GivenPattern, patternList } from '../patterns/pattern-list.ts';
import type { LineSearch } from './line-search.ts';
import { PatternSearch } from './pattern-search.ts';
import type { Printer } from './printer.ts';
import type { RejectNotes } from './reject-notes.ts';
import { type DescribedPattern, describePatterns } from './stats.ts';

/** A search ready to run. */
export interface MadeSearch {
  readonly search: LineSearch;
  /** For statistics, in the order of the totals' hits. */
  readonly patterns: readonly DescribedPattern[];
}

/** Whether paths are printed. */
export const printsPaths = ({ withPaths, paths, recursive }: CommandLine): boolean =>
  withPaths ?? (paths.length > 1 || recursive);

/** Whether lines have to be counted. */
export const countsLines = ({ lineNumbers, template }: CommandLine): boolean => lineNumbers || asksForNumbers(template);

function summaryPrinter(line: CommandLine, output: Output): SummaryPrinter | undefined {
  const { output: kind, json } = line;
  if (kind === 'lines' || kind === 'parts' || kind === 'records') return undefined;
  return new SummaryPrinter(output, { kind, json, paths: printsPaths(line) });
}

const prefixOf = (line: CommandLine): Prefix => new Prefix({ ...line, paths: printsPaths(line) });

/** Makes a search for the patterns of a command line. Throws a LogmatchError for what cannot be searched for. */
export function makePatternSearch(
  line: CommandLine,
  output: Output,
  rejects: RejectNotes,
): MadeSearch & { readonly search: PatternSearch } {
  const given = patternList(line.patterns);
  const set = compilePatterns(given, line, rejects);
  const printer = (): Printer => {
    if (line.output === 'parts') return new PartPrinter(output, prefixOf(line), new PartFinder(given, line, set));
    if (line.output !== 'records') return new LinePrinter(output, prefixOf(line));
    const record =
      line.template === undefined
        ? jsonRecord(set.patterns, line.lineNumbers)
        : templateRecord(line.template, set.patterns);
    return new RecordPrinter(output, record);
  };
  const options = { ...line, lineNumbers: countsLines(line) };
  const search = new PatternSearch(set, summaryPrinter(line, output) ?? printer(), options);
  return {
    search,
    patterns: describePatterns(
      given.map(({ origin }: GivenPattern) => origin),
      set.patterns,
    ),
  };
}

/** Makes a search for the failures of the command line's fail2ban filter. Throws a ComponentError with file and line. */
export async function makeFilterSearch(
  spec: string,
  line: CommandLine,
  output: Output,
  rejects: RejectNotes,
): Promise<MadeSearch> {
  // Loaded only here: most searches need nothing of fail2ban.
  const [{ loadFilter }, { filterGroups }, printers, { FilterSearch }] = await Promise.all([
    import('../filter/load-filter.ts'),
    import('../filter/filter-groups.ts'),
    import('../filter/failure-printer.ts'),
    import('../filter/filter-search.ts'),
  ]);
  const config = loadFilter(spec, line.filterDir);
  const summary = summaryPrinter(line, output);
  const printer = () => {
    if (summary !== undefined) return printers.silent;
    if (line.json) return printers.jsonPrinter(output, line.lineNumbers);
    if (line.template === undefined) return printers.hostPrinter(output, prefixOf(line));
    return printers.templatePrinter(output, line.template, filterGroups(config));
  };
  const options = { maxCount: line.maxCount, lineNumbers: countsLines(line), rejects };
  const search = new FilterSearch(config, printer(), summary, options);
  const origins = config.failRegex.map(({ place }) => `${place.file}:${place.line}`);
  const patterns = search.patterns.map((source, index) => ({ origin: origins[index] ?? '', source }));
  return { search, patterns };
}

/** Makes the search that a command line asks for. */
export const makeSearch = async (line: CommandLine, output: Output, rejects: RejectNotes): Promise<MadeSearch> =>
  line.filter === undefined
    ? makePatternSearch(line, output, rejects)
    : makeFilterSearch(line.filter, line, output, rejects);
