// Runs the test suite on other releases of Node.js, taken from the npm package `node`.
// Usage: npm run test:matrix [MAJOR...], by default 22 24 26. One line per release at the end, exit 1 when any failed.
import { fileURLToPath } from 'node:url';
import { buildSteps } from './run/build-steps.mjs';
import { fetchNode, testOn } from './run/node-release.mjs';
import { runSteps } from './run/run-steps.mjs';
import { formatCounts } from './run/test-counts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const majors = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24', '26'];

if (majors.some((major) => !/^\d+$/.test(major))) {
  console.error('usage: npm run test:matrix [MAJOR...], for example npm run test:matrix 22 24');
  process.exitCode = 2;
} else if (runSteps(root, buildSteps, (line) => console.log(line))) {
  process.exitCode = 1;
} else {
  const results = majors.map((major) => testOn(root, fetchNode(root, major)));
  for (const { version, passed, counts } of results) {
    console.log(`${passed ? '✓' : '✗'} Node.js ${version}: ${formatCounts(counts)}`);
  }
  if (!results.every(({ passed }) => passed)) process.exitCode = 1;
}
