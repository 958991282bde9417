import type { Activity } from '@sluice/pipeline';
import { authorName } from '../stats/author-name.ts';
import { localTime, parseDay, zoneOf } from '../stats/local-time.ts';
import { cutName } from '../stats/name-counts.ts';
import { QueryError } from './query-error.ts';

const maxLength = 1000;

/** Which activities are asked for. What is undefined asks for nothing. */
export interface ActivityFilter {
  /** Days since 1970-01-01 by the author's clock, both included. */
  readonly fromDay?: number | undefined;
  readonly toDay?: number | undefined;
  readonly author?: string | undefined;
  readonly category?: string | undefined;
  /** Words in lower case that all stand in the title, the text or the author's name. */
  readonly words: readonly string[];
}

/** Reads `from`, `to` (`YYYY-MM-DD`, included), `author`, `category` and `q` of a query. Throws {@link QueryError}. */
export function parseFilter(query: URLSearchParams): ActivityFilter {
  const value = (name: string): string | undefined => {
    const text = query.get(name) ?? '';
    if (text.length > maxLength) throw new QueryError(`${name} must be at most ${maxLength} characters long`);
    return text === '' ? undefined : text;
  };
  const day = (name: string): number | undefined => {
    const text = value(name);
    const parsed = text === undefined ? undefined : parseDay(text);
    if (text !== undefined && parsed === undefined) throw new QueryError(`${name} must be a day, as 2024-02-29`);
    return parsed;
  };
  return {
    fromDay: day('from'),
    toDay: day('to'),
    author: value('author'),
    category: value('category'),
    words: (value('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean),
  };
}

/** Whether an activity is one that is asked for; `utc` as for {@link ActivityStats}. */
export function matchesFilter(filter: ActivityFilter, utc: boolean): (activity: Activity) => boolean {
  const { author, category, words, fromDay = Number.NEGATIVE_INFINITY, toDay = Number.POSITIVE_INFINITY } = filter;
  const hasDays = filter.fromDay !== undefined || filter.toDay !== undefined;
  return (activity) => {
    if (hasDays) {
      const day = localTime(activity.startMs, utc ? 0 : zoneOf(activity))?.day ?? Number.NaN;
      if (!(day >= fromDay && day <= toDay)) return false;
    }
    if (author !== undefined && cutName(authorName(activity)) !== author) return false;
    if (category !== undefined && !activity.categories?.some((name) => cutName(name) === category)) return false;
    return words.length === 0 || hasWords(activity, words);
  };
}

function hasWords(activity: Activity, words: readonly string[]): boolean {
  const text = `${activity.title}\n${authorName(activity)}\n${activity.text ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
