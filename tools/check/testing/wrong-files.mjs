import { appended, right } from './changes.mjs';

/**
 * Each rule on files and their names, broken once.
 *
 * @type {import('./changes.mjs').Violation[]}
 */
export const wrongFiles = [
  [
    '2.1',
    'a source without metrics.ts',
    { 'packages/log-source/src/metrics.ts': undefined },
    { file: 'packages/log-source/src/metrics.ts', fault: 'every source has this file and it is missing' },
  ],
  [
    '2.1',
    'a sink without its error',
    { 'packages/ban-action/src/ban-action-error.ts': undefined },
    { file: 'packages/ban-action/src/ban-action-error.ts', fault: 'every sink has this file and it is missing' },
  ],
  [
    '2.2',
    'code in index.ts',
    appended('packages/ban-policy/src/index.ts', 'export const answer = 42;'),
    { file: 'packages/ban-policy/src/index.ts', fault: 'holds more than exports' },
  ],
  [
    '2.3',
    'a file of 401 lines',
    { 'tools/tool.mjs': '//\n'.repeat(401) },
    { file: 'tools/tool.mjs', fault: 'has 401 lines, more than 400' },
  ],
  [
    '2.4',
    'a package without a README',
    { 'packages/pipeline/README.md': undefined },
    { file: 'packages/pipeline/README.md', fault: 'is missing' },
  ],
  [
    '2.4',
    'a README whose only "Limits" is in an example',
    {
      'packages/pipeline/README.md': right['packages/pipeline/README.md']?.replace(
        '## Limits',
        '```md\n## Limits\n```',
      ),
    },
    { file: 'packages/pipeline/README.md', fault: 'lacks "## Limits"' },
  ],
  [
    '2.4',
    'a README with sections out of order',
    {
      'packages/pipeline/README.md': right['packages/pipeline/README.md']
        ?.replace('## Limits', '## L')
        .replace('## Use', '## Limits')
        .replace('## L\n', '## Use\n'),
    },
    { file: 'packages/pipeline/README.md', fault: 'its sections are not in the order of the skeleton' },
  ],
  [
    '7.1',
    'an error that is not named after its package',
    {
      'packages/log-source/src/log-source-error.ts':
        "import { ComponentError } from '@sluice/pipeline';\nexport class SourceError extends ComponentError {}\n",
    },
    {
      file: 'packages/log-source/src/log-source-error.ts',
      fault: 'does not export class LogSourceError extends ComponentError',
    },
  ],
  [
    '8.1',
    'a metric that is named after another package',
    appended('packages/ban-policy/src/metrics.ts', "export const bans = { bans: 'policy_bans_total' } as const;"),
    {
      file: 'packages/ban-policy/src/metrics.ts',
      fault: '"policy_bans_total" is not named like the other metrics',
    },
  ],
];
