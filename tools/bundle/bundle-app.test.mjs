import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleApp, wantsBundle } from './bundle-app.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'bundle-app-'));
/** @type {(name: string, text: string) => void} */
const put = (name, text) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};
/** @type {(...args: readonly string[]) => string} */
const run = (...args) => start('main', ...args);
/** @type {(program: string, ...args: readonly string[]) => string} */
const start = (program, ...args) =>
  execFileSync(process.execPath, [`bundle/${program}.cjs`, ...args], { cwd: folder, encoding: 'utf8' });

/** @type {readonly string[]} */
let files;
beforeAll(async () => {
  put(
    'package.json',
    '{ "name": "tried", "version": "1.2.3", "type": "module", "nx": { "targets": { "bundle": { "metadata": { "programs": ["other"] } } } } }',
  );
  put(
    'src/main.ts',
    `import { shout } from 'dependency';
     import { version } from './version.ts';
     const rare = async () => (await import('./rare.ts')).rare();
     console.log(process.argv[2] === 'rare' ? 'asked' : shout('often' as string), version());
     if (process.argv[2] === 'rare') void rare();`,
  );
  put(
    'src/rare.ts',
    `import { shout } from 'dependency';\nexport const rare = (): void => console.log(shout('rarely'));`,
  );
  put(
    'src/version.ts',
    `import { readFileSync } from 'node:fs';
     export const version = (): string =>
       JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;`,
  );
  put('src/other-main.ts', `void import('./rare.ts').then(({ rare }) => rare());`);
  put('node_modules/dependency/package.json', '{ "name": "dependency", "version": "7.0.0", "main": "index.js" }');
  put('node_modules/dependency/index.js', 'exports.shout = (text) => text.toUpperCase() + "!";');
  put('node_modules/dependency/LICENSE', 'Do what you like, but keep this text.');
  files = await bundleApp(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a bundle', () => {
  test('runs without the sources and without node_modules', () => {
    rmSync(path.join(folder, 'src'), { recursive: true });
    rmSync(path.join(folder, 'node_modules'), { recursive: true });
    expect(run()).toBe('OFTEN! 1.2.3\n');
  });

  test('keeps what is imported dynamically in files of its own', () => {
    expect(run('rare')).toBe('asked 1.2.3\nRARELY!\n');
    expect(files.filter((name) => !name.startsWith('other'))).toEqual([
      'THIRD-PARTY-LICENCES.txt',
      'main.cjs',
      expect.stringMatching(/^rare-\w+\.cjs$/),
    ]);
    expect(readFileSync(path.join(folder, 'bundle/main.cjs'), 'utf8')).not.toContain('rarely');
  });

  test('holds each program of the app', () => {
    expect(start('other')).toBe('RARELY!\n');
  });

  test('passes on the licences of what is in it', () => {
    const text = readFileSync(path.join(folder, 'bundle/THIRD-PARTY-LICENCES.txt'), 'utf8');
    expect(text).toBe('dependency 7.0.0\n\nDo what you like, but keep this text.\n');
  });

  test('is asked for by the target in the manifest', async () => {
    expect(await wantsBundle(folder)).toBe(true);
    expect(await wantsBundle(path.join(folder, 'bundle'))).toBe(false);
  });
});
