export { runTest } from './run-test.ts';
