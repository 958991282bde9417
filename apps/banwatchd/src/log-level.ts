export * from './log/log-level.ts';
