import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateMaildir } from './maildir.mjs';

/** @type {string} */
let dir;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'sluice-maildir-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const files = () =>
  ['cur', 'new'].flatMap((half) =>
    readdirSync(path.join(dir, half))
      .sort()
      .map((name) => ({ name, file: path.join(dir, half, name) })),
  );

test('writes the same files for the same arguments, on every machine', () => {
  generateMaildir({ path: dir, count: 200, seed: 1 });
  const hash = createHash('sha256');
  for (const { name, file } of files()) hash.update(`${name}\n`).update(readFileSync(file));
  expect(hash.digest('hex')).toBe('c03bfce0d6fa435db69b73bec315eec287483915b417fbe426bc8d9fdc7430ae');
});

test('tells truly what it wrote', () => {
  const truth = generateMaildir({ path: dir, count: 300 });
  const byIndex = new Map(files().map(({ name, file }) => [Number(/P(\d+)\./.exec(name)?.[1]), file]));
  expect(byIndex.size).toBe(300);
  for (const { index, id, timeMs, from, size } of truth) {
    const file = /** @type {string} */ (byIndex.get(index));
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(`\nMessage-ID: <${id}>\n`);
    expect(text).toMatch(new RegExp(`\nFrom: .*<${from.replaceAll('.', '\\.')}>\n`));
    expect(statSync(file)).toMatchObject({ size, mtimeMs: timeMs });
  }
});

test('mixes in what makes mails hard to read', () => {
  generateMaildir({ path: dir, count: 2000 });
  const texts = files().map(({ file }) => readFileSync(file, 'utf8'));
  const share = (/** @type {RegExp} */ pattern) => texts.filter((text) => pattern.test(text)).length / texts.length;
  expect(share(/^Subject: =\?utf-8\?B\?/m)).toBeCloseTo(0.25, 1);
  expect(share(/^Subject: =\?UTF-8\?Q\?/m)).toBeGreaterThan(0.04);
  expect(share(/^DKIM-Signature:/m)).toBeCloseTo(0.7, 1);
  expect(share(/^Content-Type: multipart/m)).toBeCloseTo(0.5, 1);
  expect(share(/^From \w/m)).toBeGreaterThan(0.2);
  expect(1 - share(/^Date: \w{3}, \d\d \w{3} \d/m)).toBeGreaterThan(0.002);
});
