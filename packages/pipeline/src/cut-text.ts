import { ownText } from './own-text.ts';

/** The first `maxChars` UTF-16 units of a text. One that is cut keeps nothing of the rest in memory: see {@link ownText}. */
export const cutText = (text: string, maxChars: number): string =>
  text.length <= maxChars ? text : ownText(text.slice(0, maxChars));
