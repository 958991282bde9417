import { shellQuote } from '../commands/shell-quote.ts';
import type { ShellScript } from './fill-in.ts';

/** A command for people: its text as it is, or when it has values, the shell's call with all of them on one line. */
export const showScript = ({ script, values }: ShellScript): string =>
  values.length === 0 ? script : ['sh', '-c', script, ...values].map(shellQuote).join(' ');
