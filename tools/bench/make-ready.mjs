import { runSteps } from '../run/run-steps.mjs';

/**
 * Builds some packages with all that they need, so that the benches measure what users run.
 *
 * @param {string} root
 * @param {readonly import('./find-benches.mjs').BenchedPackage[]} packages
 * @param {boolean} installPeers whether to install first what they are compared with
 * @param {(note: string) => void} note
 * @returns {boolean} whether the benches can run
 */
export function makeReady(root, packages, installPeers, note) {
  const names = new Set(packages.flatMap(({ name, siblings }) => [name, ...siblings]));
  const projects = [...names].map((name) => `@sluice/${name}`).join();
  const build = ['nx', 'run-many', '-t', 'build', '-p', projects, '--outputStyle=static-failures-only'];
  const steps = [
    ...(installPeers ? [{ name: 'peers', command: ['bash', 'tools/setup-system.sh', '--peers'] }] : []),
    { name: 'build', command: build, env: { NX_DAEMON: 'false' } },
  ];
  return runSteps(root, steps, note, 'stderr') === undefined;
}
