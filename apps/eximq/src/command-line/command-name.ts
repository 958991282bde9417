import type { ActionName } from '../act/actions.ts';

/** The commands of the program. */
export type CommandName = ActionName | 'list' | 'count' | 'show' | 'summary' | 'watch' | 'metrics' | 'alert' | 'doctor';
