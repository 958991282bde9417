import type { Activity } from '@sluice/pipeline';

/** What stands for an author that a source does not know. */
export const unknownAuthor = '(unknown)';

/** Whom an activity counts for: the author's name, else the address, else {@link unknownAuthor}. */
export function authorName({ author }: Pick<Activity, 'author'>): string {
  const name = author?.name?.trim();
  if (name) return name;
  return author?.email?.trim() || unknownAuthor;
}
