import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { json } from './check/testing/right-workspace.mjs';
import { writeFiles } from './check/testing/write-files.mjs';
import { packagesNeeded, publishedPackages } from './pack/packages.mjs';
import { environment } from './run/run-steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const published = publishedPackages(root);
const entries = published.flatMap((each) => each.entries).filter((entry) => !entry.endsWith('/package.json'));

/** An empty project in which the tarballs of all packages, and nothing else, are installed. */
const project = mkdtempSync(path.join(tmpdir(), 'sluice-pack-'));

/** @type {Map<string, readonly string[]>} */
const contents = new Map();

/**
 * @param {string} program
 * @param {readonly string[]} given
 */
const inProject = (program, given) =>
  execFileSync(program, given, {
    cwd: project,
    encoding: 'utf8',
    env: environment(root),
    // npm names every file of every package.
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Installs without a network: what the packages need from others is packed from the workspace's own node_modules. */
function installAll() {
  const folders = [...published, ...packagesNeeded(root, published)].map(({ folder }) => folder);
  const pack = ['pack', ...folders, '--json', '--ignore-scripts', '--pack-destination', project];
  /** @type {{ name: string, filename: string, files: { path: string }[] }[]} */
  const tarballs = JSON.parse(inProject('npm', pack));
  for (const { name, files } of tarballs)
    contents.set(
      name,
      files.map((file) => file.path),
    );
  const dependencies = Object.fromEntries(tarballs.map(({ name, filename }) => [name, `file:${filename}`]));
  writeFiles(project, { 'package.json': json({ name: 'empty', version: '1.0.0', private: true, dependencies }) });
  inProject('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund']);
}

beforeAll(() => {
  const unbuilt = published.filter(({ folder }) => !existsSync(path.join(folder, 'dist')));
  if (unbuilt.length > 0) throw new Error(`build first, with npm run build: ${unbuilt.map(({ name }) => name)}`);
  installAll();
}, 120_000);
afterAll(() => rmSync(project, { recursive: true }));

test.each(published.map(({ name }) => name))(
  'the tarball of %s has what runs, and neither tests nor leftovers',
  (name) => {
    const files = contents.get(name) ?? [];
    expect(
      files.filter((file) => /\.test\.|tsbuildinfo|\/testing\/|^(?:bench|testdata|assembly)\//.test(file)),
    ).toEqual([]);
    const sources = new Set(files.filter((file) => file.startsWith('src/')));
    const built = files.filter((file) => /^dist\/.*\.js$/.test(file));
    expect(built.length).toBeGreaterThan(0);
    expect(built.filter((file) => !sources.has(file.replace('dist', 'src').replace(/\.js$/, '.ts')))).toEqual([]);
  },
);

test.each(entries)('%s is imported and required, with the same exports', (entry) => {
  const script = `
    const required = Object.keys(require('${entry}')).filter((name) => name !== '__esModule' && name !== 'module.exports');
    import('${entry}').then((imported) => console.log(JSON.stringify([Object.keys(imported), required])));`;
  const [imported, required] = JSON.parse(inProject(process.execPath, ['--no-warnings', '-e', script]));
  expect(imported.length).toBeGreaterThan(0);
  expect(required.sort()).toEqual(imported.sort());
});

test('types are found for every entry, without the sources of the workspace', () => {
  const typesFolder = path.join(project, 'node_modules/@types');
  mkdirSync(typesFolder, { recursive: true });
  symlinkSync(path.join(root, 'node_modules/@types/node'), path.join(typesFolder, 'node'));
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, types: ['node'] };
  writeFiles(project, {
    'index.mts': entries.map((entry, index) => `import * as e${index} from '${entry}';\nvoid e${index};\n`).join(''),
    'tsconfig.json': json({ compilerOptions, files: ['index.mts'] }),
  });
  expect(inProject('tsc', ['-p', '.'])).toBe('');
});

for (const program of published.flatMap(({ programs }) => programs)) {
  test(`the program ${program} answers to --help`, () => {
    expect(inProject(path.join(project, 'node_modules/.bin', program), ['--help'])).toMatch(program);
  });
}
