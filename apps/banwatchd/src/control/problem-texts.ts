import type { Fail2banConfig } from '@sluice/fail2ban-config';

/** What is wrong with a configuration, one line each, as the log has it. */
export const problemTexts = ({ problems }: Fail2banConfig): readonly string[] =>
  problems.map(({ error: { message }, jail }) =>
    jail === undefined ? message : `Jail '${jail}' skipped, because of wrong configuration: ${message}`,
  );
