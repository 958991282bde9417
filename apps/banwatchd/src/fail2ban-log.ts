export * from './log/fail2ban-log.ts';
