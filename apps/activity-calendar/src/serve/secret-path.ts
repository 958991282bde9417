import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Takes the secret off a path: `/<token>/api/stats` becomes `/api/stats`, and `/<token>` becomes the empty text. Undefined
 * when the secret is another one; how long that takes does not tell how much of it was right.
 */
export function secretPath(token: string | undefined): (path: string) => string | undefined {
  if (token === undefined) return (path) => path;
  const expected = digest(token);
  return (path) => {
    const end = path.indexOf('/', 1);
    const given = path.slice(1, end === -1 ? path.length : end);
    return timingSafeEqual(digest(given), expected) ? path.slice(given.length + 1) : undefined;
  };
}
