/**
 * What makes the workspace's build: kernels, all projects, and the apps' bundles, without what earlier builds left.
 *
 * @type {readonly import('./run-steps.mjs').Step[]}
 */
export const buildSteps = [
  {
    name: 'WebAssembly kernels',
    command: ['nx', 'run-many', '-t', 'wasm', '--outputStyle=static-failures-only'],
    env: { NX_DAEMON: 'false' },
  },
  { name: 'leftovers of earlier builds', command: ['node', 'tools/remove-stale.mjs'] },
  { name: 'build', command: ['tsc', '-b'] },
  { name: 'bundles', command: ['node', 'tools/bundle-apps.mjs'] },
];
