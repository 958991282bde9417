import { testTimeout } from './jest.preset.mjs';

export default {
  projects: ['<rootDir>/packages/*', '<rootDir>/apps/*', '<rootDir>/examples', '<rootDir>/tools'],
  maxWorkers: '100%',
  testTimeout,
};
