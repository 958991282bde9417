import type { Activity } from '@sluice/pipeline';
import { authorName } from '../stats/author-name.ts';
import { dayKey, localTime, zoneOf } from '../stats/local-time.ts';

/** An activity as the page gets it. */
export interface ActivityView {
  readonly uid: string;
  readonly startMs: number;
  readonly endMs?: number;
  /** Minutes east of UTC; null where it is not known. */
  readonly tzMinutes: number | null;
  /** The day that it counts for. */
  readonly day: string;
  readonly title: string;
  readonly text?: string;
  readonly author: string;
  readonly categories: readonly string[];
  readonly kind: string;
  /** `http` or `https`, nothing else. */
  readonly url?: string;
}

export function activityView(activity: Activity, utc: boolean): ActivityView {
  const { uid, startMs, endMs, tzMinutes, title, text, categories = [], source } = activity;
  const zone = utc ? 0 : zoneOf(activity);
  const url = webUrl(activity.url);
  return {
    uid,
    startMs,
    ...(endMs === undefined ? {} : { endMs }),
    tzMinutes: utc || tzMinutes === zone ? zone : null,
    day: dayKey(localTime(startMs, zone)?.day ?? 0),
    title,
    ...(text === undefined ? {} : { text }),
    author: authorName(activity),
    categories,
    kind: source.kind,
    ...(url === undefined ? {} : { url }),
  };
}

/** The address when a page may link to it: `javascript:` and its like come from data too. */
function webUrl(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
