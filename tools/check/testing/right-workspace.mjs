/** Sections of a README as the house wants them. */
const skeleton = [
  'What is this?',
  'When should I use it, and when not?',
  'Install',
  'Use',
  'API',
  'Guarantees',
  'Limits',
  'Security',
].map((section) => `## ${section}\n\nText.\n`);

/** @param {unknown} value */
export const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** @param {string} source path of an entry's source */
const entry = (source) => ({
  '@sluice/source': source,
  types: source.replace('src', 'dist').replace('.ts', '.d.ts'),
  default: source.replace('src', 'dist').replace('.ts', '.js'),
});

/**
 * Files that every source, stage and sink has.
 *
 * @param {string} base name of the package
 * @returns {Record<string, string>}
 */
function componentFiles(base) {
  const name = base.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
  return {
    'src/options.ts': '',
    'src/metrics.ts': `export const lines = '${base.replaceAll('-', '_')}_read_lines_total';\n`,
    [`src/${base}-error.ts`]: `import { ComponentError } from '@sluice/pipeline';\nexport class ${name}Error extends ComponentError {}\n`,
  };
}

/**
 * A small project that keeps all rules.
 *
 * @param {string} folder from the workspace root
 * @param {string} type its tag
 * @param {object} [details]
 * @param {readonly string[]} [details.siblings] folders of the siblings that it imports
 * @param {Readonly<Record<string, string>>} [details.files] further files of it
 * @returns {Record<string, string>} files by path
 */
function project(folder, type, { siblings = [], files = {} } = {}) {
  const base = folder.slice(folder.lastIndexOf('/') + 1);
  const up = folder.includes('/') ? '../../' : '../';
  const isPackage = folder.startsWith('packages/');
  const dependencies = Object.fromEntries(
    siblings.map((name) => [`@sluice/${name.slice(name.indexOf('/') + 1)}`, '^1.0.0']),
  );
  const manifest = {
    name: `@sluice/${base}`,
    exports: { '.': entry('./src/index.ts'), './package.json': './package.json' },
    nx: { tags: [`type:${type}`] },
    dependencies: isPackage ? dependencies : { ...dependencies, rxjs: '^7.8.0' },
    ...(isPackage ? { peerDependencies: { rxjs: '^7.8.0' } } : {}),
  };
  const imports = Object.keys(dependencies).map((name) => `import type { Thing as T${name.length} } from '${name}';\n`);
  const all = {
    'package.json': json(manifest),
    'tsconfig.json': json({ references: siblings.map((path) => ({ path: `${up}${path}` })) }),
    'README.md': `# @sluice/${base}\n\nOne sentence.\n\n${skeleton.join('\n')}`,
    'src/index.ts': "export type { Thing } from './thing.ts';\nexport * from './thing.ts';\n",
    'src/thing.ts': `${imports.join('')}export interface Thing {\n  readonly size: number;\n}\n`,
    ...(['source', 'stage', 'sink'].includes(type) ? componentFiles(base) : {}),
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([name, text]) => [`${folder}/${name}`, text]));
}

/** Published code of a contract that uses what only some of its files may. */
const contractFiles = {
  'src/node/index.ts': "export { wait } from './wait.ts';\n",
  'src/node/wait.ts': "export { setTimeout as wait } from 'node:timers/promises';\nexport * from '../thing.ts';\n",
};

/** Published code of a kernel that uses what only some of its files may. */
const kernelFiles = {
  'src/kernel.ts': 'export const read = (): string => "";\n',
  'src/loader.ts':
    "import { read } from './kernel.ts';\nimport path from 'node:path';\nexport const load = path.join(read());\n",
  'src/loader/more.ts': "import 'node:fs';\nexport * from '../loader.ts';\n",
  'src/rx/index.ts': "export { match } from './match.ts';\n",
  'src/rx/match.ts': "import { mergeMap } from 'rxjs';\nexport const match = mergeMap((x: never) => x, 4);\n",
  'src/thing.test.ts':
    "import fc from 'fast-check';\nimport { of } from 'rxjs';\nimport { readFileSync } from 'node:fs';\n",
  'src/testing/corpus.ts': "import fc from 'fast-check';\nimport { readFileSync } from 'node:fs';\n",
  'bench/speed.bench.mjs':
    "import '@sluice/log-matcher';\nimport { measure } from '../../../tools/bench/measure.mjs';\n",
};

/**
 * A workspace with one project of each layer that keeps every rule, for tests to break one rule at a time.
 *
 * @returns {Record<string, string>} files by path from its root
 */
export const rightWorkspace = () => ({
  'package.json': json({
    name: 'right',
    workspaces: ['packages/*', 'apps/*', 'examples'],
    devDependencies: { 'fast-check': '4.10.2', rxjs: '7.8.2' },
  }),
  'tsconfig.json': json({
    references: [
      'packages/pipeline',
      'packages/log-matcher',
      'packages/log-source',
      'packages/ban-policy',
      'packages/node-netfilter',
      'packages/ban-action',
      'packages/command-line',
      'apps/banwatchd',
      'examples',
    ].map((path) => ({ path })),
  }),
  'tools/tool.mjs': 'export const tool = 1;\n',
  ...project('packages/pipeline', 'contract', { files: contractFiles }),
  ...project('packages/log-matcher', 'kernel', { siblings: ['packages/pipeline'], files: kernelFiles }),
  ...project('packages/log-source', 'source', { siblings: ['packages/pipeline', 'packages/log-matcher'] }),
  ...project('packages/ban-policy', 'stage', { siblings: ['packages/pipeline'] }),
  ...project('packages/node-netfilter', 'sink', { siblings: ['packages/pipeline'] }),
  ...project('packages/ban-action', 'sink', { siblings: ['packages/pipeline', 'packages/node-netfilter'] }),
  ...project('packages/command-line', 'kit', { siblings: ['packages/pipeline'] }),
  ...project('apps/banwatchd', 'app', {
    siblings: ['packages/log-source', 'packages/ban-policy', 'packages/ban-action', 'packages/command-line'],
    files: { 'bin/banwatchd.js': "#!/usr/bin/env node\nimport '../dist/index.js';\n" },
  }),
  ...project('examples', 'app', { siblings: ['packages/log-source', 'apps/banwatchd'] }),
});
