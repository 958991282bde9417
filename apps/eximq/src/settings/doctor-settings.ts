import type { Settings } from '@sluice/command-line';

/** How the examination is told. */
export interface DoctorSettings {
  readonly json?: boolean;
}

export const doctorSettings: Settings<DoctorSettings> = { json: { help: 'one JSON object a line' } };
