import { defaultTemplates } from './dates/default-templates.ts';
import { parseDatePattern } from './dates/parse-date-pattern.ts';
import { Fail2banFilter } from './fail2ban-filter.ts';
import type { FilterParts } from './filter-parts.ts';
import { defineFilter, type FilterSource } from './filter-source.ts';
import { type FilterOptions, type FilterSettings, resolveOptions } from './options.ts';
import { FilterRules } from './rules/filter-rules.ts';

/** Compiles all that a filter is made of; filters made of the same parts share no state. */
export function compileParts(source: FilterSource, settings: FilterSettings): FilterParts {
  const { name, maxLines, datePattern, ...regexes } = defineFilter(source);
  const templates = datePattern === undefined ? defaultTemplates() : parseDatePattern(datePattern.text, datePattern);
  const { useDns, rejects } = settings;
  const rules = new FilterRules(regexes, { useDns, multiline: maxLines > 1, rejects });
  return { name, rules, templates, maxLines, settings };
}

/**
 * Compiles a filter.
 *
 * @param source regexes with fail2ban's tags: a `FilterConfig` of fail2ban-config, or plain strings
 * @returns a filter with state of its own; a jail needs one for itself
 *
 * Throws a Fail2banFilterError, with file, line and cure where the source knows them: for no failregex, one that does
 * not compile or names nobody, a `datepattern` that cannot be read, an option out of range.
 *
 * @example
 * ```ts
 * const filter = compileFilter({ failRegex: ['^<HOST> .* 401 '] });
 * filter.processLine('192.0.2.7 - - [23/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 401 0')?.id; // '192.0.2.7'
 * ```
 */
export function compileFilter(source: FilterSource, options: FilterOptions = {}): Fail2banFilter {
  return new Fail2banFilter(compileParts(source, resolveOptions(options, source.useDns)));
}
