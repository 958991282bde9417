import type { Setting, UseDns } from '@sluice/fail2ban-config';
import { expandTags } from '@sluice/fail2ban-filter';
import { PatternSet } from '@sluice/log-matcher';
import type { CommandLine } from '../command-line/command-line.ts';
import { loadFilter } from '../filter/load-filter.ts';
import { compilePatterns } from '../patterns/compile-patterns.ts';
import { patternList } from '../patterns/pattern-list.ts';

function filterPart(
  heading: string,
  regexes: readonly Setting<string>[],
  useDns: UseDns,
  multiline: boolean,
): string[] {
  if (regexes.length === 0) return [];
  const set = PatternSet.compile(
    regexes.map(({ value }) => expandTags(value, useDns)),
    { finalBreak: true, multiline },
  );
  const places = regexes.map(({ place }, index) => `pattern ${index} is ${place.file}:${place.line}`);
  return [`${heading}:`, ...places, set.explain(), ''];
}

function explainFilter(spec: string, configDir: string): string {
  const { prefRegex, failRegex, ignoreRegex, useDns = 'warn', maxLines = 1 } = loadFilter(spec, configDir);
  const multiline = maxLines > 1;
  return [
    ...filterPart('prefregex', prefRegex === undefined ? [] : [prefRegex], useDns, multiline),
    ...filterPart('failregex', failRegex, useDns, multiline),
    ...filterPart('ignoreregex', ignoreRegex, useDns, multiline),
  ].join('\n');
}

/** How the patterns of a command line are searched for. Throws a ComponentError for what does not compile. */
export function explainText(line: CommandLine): string {
  if (line.filter !== undefined) return explainFilter(line.filter, line.filterDir);
  return `${compilePatterns(patternList(line.patterns), line).explain()}\n`;
}
