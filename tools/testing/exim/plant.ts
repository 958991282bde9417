import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EximScene } from './exim-scene.ts';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const base62 = (value: number, width: number): string => {
  let text = '';
  for (let rest = value, n = 0; n < width; n++, rest = Math.floor(rest / 62)) text = (digits[rest % 62] ?? '') + text;
  return text;
};

/** The nth of a row of ids that Exim did not give, in the format of its ids. */
export const plantedId = (n: number, isLong: boolean): string =>
  isLong
    ? `${base62(1_700_000_000 + n, 6)}-${base62(n, 11)}-${base62(n, 4)}`
    : `${base62(1_700_000_000 + n, 6)}-${base62(n, 6)}-00`;

/**
 * Puts a message into the main queue by hand, with what its files hold (text of which each character is a byte); the
 * first line of both files, their own name, is made anew.
 */
export function plant(scene: EximScene, id: string, header: string, body: string = `x\nbody\n`): void {
  for (const [part, text] of [
    ['-D', body],
    ['-H', header],
  ] as const) {
    const file = path.join(scene.spool, 'input', id + part);
    writeFileSync(file, text.replace(/^.*\n?/, `${id}${part}\n`), { encoding: 'latin1', mode: 0o640 });
    scene.own(file);
  }
}

/** Plants a copy of a message, of the same second, and gives its id. Much quicker than handing it to Exim. */
export function plantCopy(
  scene: EximScene,
  original: string,
  n: number,
  change = (header: string): string => header,
): string {
  const [second = '', process = '', part = ''] = original.split('-');
  const id = `${second}-${base62(n, process.length)}-${base62(n, part.length)}`;
  const [header = '', body = ''] = (['-H', '-D'] as const).map((name) =>
    readFileSync(scene.file(original, name), 'latin1'),
  );
  plant(scene, id, change(header), body);
  scene.edit(id, 'msglog', () => readFileSync(scene.file(original, 'msglog')));
  return id;
}
