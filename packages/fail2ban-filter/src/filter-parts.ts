import type { DateTemplate } from './dates/date-template.ts';
import type { FilterSettings } from './options.ts';
import type { FilterRules } from './rules/filter-rules.ts';

/** What a filter is made of. */
export interface FilterParts {
  readonly name: string;
  readonly rules: FilterRules;
  readonly templates: readonly DateTemplate[];
  readonly maxLines: number;
  readonly settings: FilterSettings;
}
