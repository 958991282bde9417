import type { Activity } from '@sluice/pipeline';

const words: ReadonlyMap<string, string> = new Map([
  ['git', 'Commit'],
  ['svn', 'Commit'],
  ['hg', 'Commit'],
  ['mail', 'Mail'],
  ['ban', 'Ban'],
]);

/** An activity that tells only that there was one: no title, text or address. */
export function confidentialActivity(activity: Activity): Activity {
  const { text: _, url: __, ...rest } = activity;
  return { ...rest, title: words.get(activity.source.kind) ?? 'Busy' };
}
