/**
 * What makes the workspace's build: kernels, then all projects.
 *
 * @type {readonly import('./run-steps.mjs').Step[]}
 */
export const buildSteps = [
  {
    name: 'WebAssembly kernels',
    command: ['nx', 'run-many', '-t', 'wasm', '--outputStyle=static-failures-only'],
    env: { NX_DAEMON: 'false' },
  },
  { name: 'build', command: ['tsc', '-b'] },
];
