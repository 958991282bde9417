import { ComponentError } from '@sluice/pipeline';
import { Fail2banFilterError } from '../fail2ban-filter-error.ts';
import { dateRegex } from './date-regex.ts';
import { DateTemplate } from './date-template.ts';
import { defaultTemplates, embeddedTemplates } from './default-templates.ts';
import { epochPatternTemplate, epochTemplate, noneTemplate, tai64nTemplate } from './special-templates.ts';

/** Where a pattern was written. */
interface PatternPlace {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

const cure = 'write strptime tokens such as %Y-%m-%d %H:%M:%S, %% for a percent sign, or {DEFAULT}';

function fault(pattern: string, why: string, place: PatternPlace, cause: unknown): Fail2banFilterError {
  const text = `datepattern ${JSON.stringify(pattern)}: ${why}`;
  return new Fail2banFilterError('ERR_FAIL2BAN_FILTER_DATEPATTERN', text, { ...place, value: pattern, cure, cause });
}

/** Words that stand for templates, in any case. */
function special(word: string): readonly DateTemplate[] | undefined {
  const bound = /^(?:\{\^LN-BEG\}|\^)/.exec(word)?.[0];
  const rest = word.slice(bound?.length ?? 0);
  if (rest === 'EPOCH' || rest === 'LEPOCH') return [epochTemplate(bound !== undefined, rest === 'LEPOCH')];
  if (rest === 'TAI64N') return [tai64nTemplate(bound !== undefined)];
  if (word === '{NONE}') return [noneTemplate()];
  if (word === '{DEFAULT}') return defaultTemplates();
  if (word === '{^LN-BEG}') return defaultTemplates().filter(({ anchored }) => anchored);
  return undefined;
}

function parseLine(pattern: string): readonly DateTemplate[] {
  const word = pattern.includes('%') ? pattern : pattern.toUpperCase();
  const specials = special(word);
  if (specials !== undefined) return specials;
  if (word.includes('{DATE}')) return embeddedTemplates(pattern);
  if (/\{L?EPOCH\}/i.test(pattern)) return [epochPatternTemplate(pattern)];
  return [new DateTemplate(pattern, dateRegex(pattern))];
}

/** A default that was asked for by itself weighs what it weighs among the defaults. */
const asDefault = (template: DateTemplate): DateTemplate =>
  defaultTemplates().find(({ name }) => name === template.name) ?? template;

/**
 * Reads a `datepattern`: one pattern a line, each of them
 * - strptime tokens in a regex, `{^LN-BEG}` or `{UNB}` in front; group 1, if there is one, is what is cut and read;
 * - `EPOCH`, `LEPOCH`, `TAI64N` (with `^` or `{^LN-BEG}` in front: at the line's beginning only), or a regex around
 *   `{EPOCH}` or `{LEPOCH}`;
 * - `{DEFAULT}` for all defaults, `{^LN-BEG}` for those at the line's beginning, a regex around `{DATE}` for each
 *   default in that place;
 * - `{NONE}` for lines without a date.
 *
 * Throws ERR_FAIL2BAN_FILTER_DATEPATTERN for an unknown token or a regex that does not compile.
 */
export function parseDatePattern(text: string, place: PatternPlace = {}): readonly DateTemplate[] {
  const byName = new Map<string, DateTemplate>();
  for (const line of text.split('\n').map((line) => line.trim())) {
    if (line === '') continue;
    try {
      const templates = parseLine(line);
      // All templates of a line have its text in common, so one tells whether it compiles; the others can wait.
      templates[0]?.compile();
      for (const template of templates)
        if (!byName.has(template.name))
          byName.set(template.name, line.startsWith('^') ? template : asDefault(template));
    } catch (error) {
      if (error instanceof RangeError) throw fault(line, `unknown token ${error.message}`, place, error);
      if (error instanceof ComponentError) throw fault(line, error.message, place, error);
      throw error;
    }
  }
  return byName.size === 0 ? defaultTemplates() : [...byName.values()];
}
