/** Zone and clock of all of fail2ban's golden data. */
export const corpusZone = 'Europe/Paris';
export const corpusNowMs = 1_124_013_600_000;
