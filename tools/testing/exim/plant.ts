import { mkdirSync, writeFileSync } from 'node:fs';
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
  const folder = path.join(scene.spool, 'input');
  mkdirSync(folder, { recursive: true });
  for (const [part, text] of [
    ['-D', body],
    ['-H', header],
  ] as const) {
    const file = path.join(folder, id + part);
    writeFileSync(file, text.replace(/^.*\n?/, `${id}${part}\n`), { encoding: 'latin1', mode: 0o640 });
    scene.own(file);
  }
}
