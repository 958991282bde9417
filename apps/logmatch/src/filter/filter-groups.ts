import type { FilterConfig } from '@sluice/fail2ban-config';
import { expandTags } from '@sluice/fail2ban-filter';

/** `alt_user_1` gives its text to `user`. */
const merged = /^(?:alt|tuple)_(.+?)(?:_\d+)?$/;

/** Names of the groups that a failure of a filter may have. */
export function filterGroups({ failRegex, prefRegex }: FilterConfig): string[] {
  const regexes = [...failRegex, ...(prefRegex === undefined ? [] : [prefRegex])];
  const names = regexes.flatMap(({ value }) =>
    [...expandTags(value, 'raw').matchAll(/\(\?P<(\w+)>/g)].map(([, name]) => name as string),
  );
  return [...new Set(names.flatMap((name) => [name, merged.exec(name)?.[1] ?? name]))];
}
