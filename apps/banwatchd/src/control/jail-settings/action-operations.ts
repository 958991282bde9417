import type { ActionOperation } from '../running-jail.ts';

/** What can be done with an action by hand, in alphabetical order. */
export const actionOperations: readonly ActionOperation[] = [
  'ban',
  'check',
  'flush',
  'prolong',
  'reban',
  'reload',
  'start',
  'stop',
  'unban',
];
