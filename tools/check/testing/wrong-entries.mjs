import { appended, changed } from './changes.mjs';

/**
 * Each rule on the ways into a package, broken once.
 *
 * @type {import('./changes.mjs').Violation[]}
 */
export const wrongEntries = [
  [
    '1.5',
    "an import of a sibling's source by its name",
    appended('packages/ban-policy/src/thing.ts', "export * from '@sluice/pipeline/src/thing.ts';"),
    {
      file: 'packages/ban-policy/src/thing.ts:5',
      fault: "'@sluice/pipeline/src/thing.ts' reaches into another project",
    },
  ],
  [
    '1.5',
    'an entry that the sibling does not export',
    appended('packages/ban-policy/src/thing.ts', "import '@sluice/pipeline/rx';"),
    { file: 'packages/ban-policy/src/thing.ts:5', fault: "'@sluice/pipeline/rx' reaches into another project" },
  ],
  [
    '1.5',
    'a relative path into a sibling, in a test',
    { 'packages/ban-policy/src/x.test.ts': "import { a } from '../../pipeline/src/thing.ts';\n" },
    {
      file: 'packages/ban-policy/src/x.test.ts:1',
      fault: "'../../pipeline/src/thing.ts' reaches into another project",
    },
  ],
  [
    '1.5',
    'a relative path to a tool, in published code',
    appended('packages/ban-policy/src/thing.ts', "import '../../../tools/tool.mjs';"),
    { file: 'packages/ban-policy/src/thing.ts:5', fault: "'../../../tools/tool.mjs' reaches into another project" },
  ],
  [
    '1.6',
    'RxJS in a kernel outside src/rx/',
    appended('packages/log-matcher/src/thing.ts', "import { map } from 'rxjs';"),
    { file: 'packages/log-matcher/src/thing.ts:5', fault: "a kernel imports RxJS ('rxjs')" },
  ],
  [
    '1.6',
    "RxJS in a kernel's main entry by way of its ./rx",
    appended('packages/log-matcher/src/index.ts', "export * from './rx/index.ts';"),
    {
      file: 'packages/log-matcher/src/index.ts:3',
      fault: "a kernel imports RxJS by way of src/rx/ ('./rx/index.ts')",
    },
  ],
  [
    '1.6',
    "Node's modules in a kernel outside its loader",
    appended('packages/log-matcher/src/rx/match.ts', "import { open } from 'node:fs/promises';"),
    {
      file: 'packages/log-matcher/src/rx/match.ts:3',
      fault: "a kernel imports a module of Node.js ('node:fs/promises')",
    },
  ],
  [
    '1.6',
    "Node's modules in the contract by way of a loader",
    {
      'packages/pipeline/src/loader.ts': 'export const load = 1;\n',
      ...appended('packages/pipeline/src/index.ts', "export { load } from './loader.ts';"),
    },
    {
      file: 'packages/pipeline/src/index.ts:3',
      fault: "a contract imports a module of Node.js by way of the loader ('./loader.ts')",
    },
  ],
  [
    '1.6',
    "Node's modules in the contract's main entry by way of its ./node",
    appended('packages/pipeline/src/index.ts', "export { wait } from './node/wait.ts';"),
    {
      file: 'packages/pipeline/src/index.ts:3',
      fault: "a contract imports a module of Node.js by way of src/node/ ('./node/wait.ts')",
    },
  ],
  [
    '1.6',
    "RxJS in the contract's ./node",
    appended('packages/pipeline/src/node/wait.ts', "import { timer } from 'rxjs';"),
    { file: 'packages/pipeline/src/node/wait.ts:3', fault: "a contract imports RxJS ('rxjs')" },
  ],
  [
    '1.6',
    "Node's modules below src/node/ of a kernel",
    { 'packages/log-matcher/src/node/wait.ts': "export { setTimeout as wait } from 'node:timers/promises';\n" },
    {
      file: 'packages/log-matcher/src/node/wait.ts:1',
      fault: "a kernel imports a module of Node.js ('node:timers/promises')",
    },
  ],
  [
    '1.7',
    'a package that brings its own RxJS',
    changed('packages/ban-policy/package.json', (manifest) => {
      manifest.dependencies.rxjs = '^7.8.0';
      delete manifest.peerDependencies;
    }),
    { file: 'packages/ban-policy/package.json', fault: 'rxjs is a dependency of its own' },
  ],
  [
    '1.8',
    'an entry whose source condition is not the first',
    changed('packages/ban-policy/package.json', ({ exports }) => {
      const { types, ...rest } = exports['.'];
      exports['.'] = { types, ...rest };
    }),
    {
      file: 'packages/ban-policy/package.json',
      fault: 'the entry "." of exports is not { "@sluice/source": "./src/….ts", "types", "default" } in this order',
    },
  ],
  [
    '1.8',
    'an entry whose source is not there',
    changed('packages/ban-policy/package.json', ({ exports }) => {
      exports['./rx'] = {
        '@sluice/source': './src/rx/index.ts',
        types: './dist/rx/index.d.ts',
        default: './dist/rx/index.js',
      };
    }),
    {
      file: 'packages/ban-policy/package.json',
      fault: 'the entry "./rx" of exports names ./src/rx/index.ts, which is not there',
    },
  ],
];
