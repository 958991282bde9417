const flags: Readonly<Record<string, string>> = { exim: '--exim-path', config: '--config', spool: '--spool' };

/**
 * A fault or cure of the queue's library in the words of the command line: `the option exim` is `--exim-path` here, where
 * `--exim` means something else.
 */
export const withFlags = (text: string): string =>
  text.replace(/\bthe option (exim|config|spool)\b/g, (option, name: string) => flags[name] ?? option);
