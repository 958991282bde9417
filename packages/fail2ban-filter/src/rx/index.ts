export { type MatchFilterOptions, matchFilter } from './match-filter.ts';
