import { appended, changed, dependsOn } from './changes.mjs';

/**
 * Each rule on who may use what, broken once.
 *
 * @type {import('./changes.mjs').Violation[]}
 */
export const wrongDependencies = [
  [
    '1.1',
    'a project without a type',
    changed('packages/log-source/package.json', (manifest) => {
      manifest.nx.tags = ['scope:logs'];
    }),
    { file: 'packages/log-source/package.json', fault: 'nx.tags does not name exactly one known type' },
  ],
  [
    '1.1',
    'a project with two types',
    changed('packages/ban-policy/package.json', (manifest) => {
      manifest.nx.tags.push('type:sink');
    }),
    { file: 'packages/ban-policy/package.json', fault: 'nx.tags does not name exactly one known type' },
  ],
  [
    '1.2',
    'a contract that depends on a kernel',
    dependsOn('packages/pipeline', 'packages/log-matcher'),
    {
      file: 'packages/pipeline/package.json',
      fault: 'type:contract may not depend on @sluice/log-matcher, which is type:kernel',
    },
  ],
  [
    '1.2',
    'a source that depends on a stage',
    dependsOn('packages/log-source', 'packages/ban-policy'),
    {
      file: 'packages/log-source/package.json',
      fault: 'type:source may not depend on @sluice/ban-policy, which is type:stage',
    },
  ],
  [
    '1.2',
    'a sink that depends on a sink, other than the one that may',
    dependsOn('packages/node-netfilter', 'packages/ban-action'),
    {
      file: 'packages/node-netfilter/package.json',
      fault: 'type:sink may not depend on @sluice/ban-action, which is type:sink',
    },
  ],
  [
    '1.2',
    'a package that depends on an app',
    dependsOn('packages/ban-policy', 'apps/banwatchd'),
    {
      file: 'packages/ban-policy/package.json',
      fault: 'type:stage may not depend on @sluice/banwatchd, which is type:app',
    },
  ],
  [
    '1.2',
    'a component that depends on a kit of programs',
    dependsOn('packages/log-source', 'packages/command-line'),
    {
      file: 'packages/log-source/package.json',
      fault: 'type:source may not depend on @sluice/command-line, which is type:kit',
    },
  ],
  [
    '1.2',
    'a kit of programs that depends on a kernel',
    dependsOn('packages/command-line', 'packages/log-matcher'),
    {
      file: 'packages/command-line/package.json',
      fault: 'type:kit may not depend on @sluice/log-matcher, which is type:kernel',
    },
  ],
  [
    '1.3',
    'an undeclared import over several lines',
    appended('packages/ban-policy/src/thing.ts', "import {\n  compile,\n} from '@sluice/log-matcher';"),
    {
      file: 'packages/ban-policy/src/thing.ts:5',
      fault: 'imports @sluice/log-matcher, which packages/ban-policy/package.json does not declare',
    },
  ],
  [
    '1.3',
    'an undeclared package behind a type import',
    appended('packages/ban-policy/src/thing.ts', "export type P = import('pino').Logger;"),
    {
      file: 'packages/ban-policy/src/thing.ts:5',
      fault: 'imports pino, which packages/ban-policy/package.json does not declare',
    },
  ],
  [
    '1.3',
    'a development dependency in published code',
    appended('apps/banwatchd/src/thing.ts', "const check = await import('fast-check');"),
    {
      file: 'apps/banwatchd/src/thing.ts:8',
      fault: 'imports fast-check, which apps/banwatchd/package.json does not declare',
    },
  ],
  [
    '1.3',
    'an undeclared sibling in a test',
    { 'packages/ban-policy/src/x.test.ts': "import '@sluice/log-matcher';\n" },
    {
      file: 'packages/ban-policy/src/x.test.ts:1',
      fault: 'imports @sluice/log-matcher, which packages/ban-policy/package.json does not declare',
    },
  ],
  [
    '1.3',
    'a sibling that is declared but only tested with',
    {
      'packages/log-source/src/thing.ts': "import '@sluice/pipeline';\nexport type Thing = 1;\n",
      'packages/log-source/src/thing.test.ts': "import '@sluice/log-matcher';\n",
    },
    {
      file: 'packages/log-source/package.json',
      fault: 'declares @sluice/log-matcher, which no file below src imports',
    },
  ],
  [
    '1.4',
    'a dependency that tsconfig.json does not reference',
    changed('packages/log-source/tsconfig.json', ({ references }) => references.pop()),
    {
      file: 'packages/log-source/tsconfig.json',
      fault: 'does not reference packages/log-matcher, a dependency in package.json',
    },
  ],
  [
    '1.4',
    'a reference that is no dependency',
    changed('packages/ban-policy/tsconfig.json', ({ references }) => references.push({ path: '../log-matcher' })),
    {
      file: 'packages/ban-policy/tsconfig.json',
      fault: 'references packages/log-matcher, not a dependency in package.json',
    },
  ],
  [
    '1.4',
    'a project that the root does not reference',
    changed('tsconfig.json', ({ references }) => references.pop()),
    { file: 'tsconfig.json', fault: 'does not reference examples, a project of the workspace' },
  ],
];
