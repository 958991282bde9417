import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

const types = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

/** All there are: no request can name another file. */
const names = [
  ['/', 'index', 'html'],
  ['/style.css', 'style', 'css'],
  ['/icon.svg', 'icon', 'svg'],
  ['/page.js', 'page', 'js'],
  ['/activity-list.js', 'activity-list', 'js'],
  ['/calendar-year.js', 'calendar-year', 'js'],
  ['/element.js', 'element', 'js'],
  ['/filters.js', 'filters', 'js'],
  ['/format.js', 'format', 'js'],
  ['/heatmap.js', 'heatmap', 'js'],
  ['/hours.js', 'hours', 'js'],
  ['/overview.js', 'overview', 'js'],
  ['/server.js', 'server', 'js'],
  ['/subscribe.js', 'subscribe', 'js'],
] as const;

/** Reads the page's files into memory, by the path that they are asked for with. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = new URL('../../page/', import.meta.url);
  return new Map(
    names.map(([path, name, extension]) => {
      const body = readFileSync(new URL(`${name}.${extension}`, folder));
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
      return [path, { type: types[extension], body, etag }];
    }),
  );
}
