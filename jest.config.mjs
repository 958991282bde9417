export default {
  projects: ['<rootDir>/packages/*', '<rootDir>/apps/*', '<rootDir>/examples', '<rootDir>/tools'],
  maxWorkers: '100%',
};
