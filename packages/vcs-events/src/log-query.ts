import type { ActivitySource } from '@sluice/pipeline';
import type { ReadOptions } from './options.ts';
import type { ProgressReport } from './progress-report.ts';
import type { Reports } from './reports.ts';

/** What the history of a local repository is read with. */
export interface LogQuery<Options extends ReadOptions> {
  /** Where the program runs. */
  readonly directory: string;
  readonly repository: ActivitySource;
  readonly options: Options;
  readonly reports: Reports;
  readonly progress: ProgressReport;
}
