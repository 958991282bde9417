import type { PatternMatch } from '@sluice/log-matcher';

/** A match of a template's regex; group 1 took part. */
export interface DateMatch extends Pick<PatternMatch, 'text' | 'groups'> {
  start(group?: 0 | 1): number;
  end(group?: 0 | 1): number;
}
