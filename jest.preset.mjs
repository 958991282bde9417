/** How long a test may take before it counts as hanging. Generous: a busy machine must not fail a test. */
export const testTimeout = 30_000;

/**
 * One Jest setup for every project: native ES modules, TypeScript stripped by SWC,
 * and sibling packages resolved to their sources through the `@sluice/source` export condition,
 * so that no package has to be built before its tests (or its dependants' tests) run.
 *
 * @param {string} displayName name printed beside each test file
 * @returns {import('jest').Config}
 */
export const project = (displayName) => ({
  displayName,
  testTimeout,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@sluice/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
});
