export * from './log/fail2ban-time.ts';
