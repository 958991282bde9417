import type { ControlPlane } from './control-plane.ts';

/** What is wrong with the configuration and the log, one line each, as the log has it. */
export function problemTexts({ config, log }: ControlPlane): readonly string[] {
  const texts = config.problems.map(({ error: { message }, jail }) =>
    jail === undefined ? message : `Jail '${jail}' skipped, because of wrong configuration: ${message}`,
  );
  return log.fault === undefined ? texts : [...texts, log.fault];
}
