import type { Place } from '@sluice/fail2ban-config';

/** Where a value stands that was set by hand: errors of it name the command. */
export const ownPlace = (option: string): Place => ({ file: `banwatch set … ${option}`, line: 1 });
