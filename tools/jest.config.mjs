import { testTimeout } from '../jest.preset.mjs';

export default {
  displayName: 'tools',
  testEnvironment: 'node',
  testTimeout,
  testMatch: ['<rootDir>/**/*.test.mjs'],
  transform: {},
};
