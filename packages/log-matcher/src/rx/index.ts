export { matchLines } from './match-lines.ts';
export { type LogMatch, type MatchLogOptions, matchLog } from './match-log.ts';
