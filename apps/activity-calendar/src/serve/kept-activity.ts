import type { Activity } from '@sluice/pipeline';

const maxTitleLength = 1000;
const maxTextLength = 10_000;

/** An activity as a server keeps it: a title of at most 1000 characters, a text of at most 10,000. */
export function keptActivity(activity: Activity): Activity {
  const { title, text } = activity;
  if (title.length <= maxTitleLength && (text === undefined || text.length <= maxTextLength)) return activity;
  return {
    ...activity,
    title: cut(title, maxTitleLength),
    ...(text === undefined ? {} : { text: cut(text, maxTextLength) }),
  };
}

/** By way of bytes, since a slice of a string keeps the whole of it in memory. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : Buffer.from(`${text.slice(0, length - 1)}…`).toString();
