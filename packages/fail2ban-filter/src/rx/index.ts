export { matchFilter } from './match-filter.ts';
