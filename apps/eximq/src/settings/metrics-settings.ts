import { readCount, type Settings } from '@sluice/command-line';
import { type ListenAddress, readListen } from '../metrics/read-listen.ts';

/** Where metrics go. */
export interface MetricsSettings {
  readonly listen?: ListenAddress;
  readonly textfile?: string;
  readonly topDomains?: number;
}

export const metricsSettings: Settings<MetricsSettings> = {
  listen: { value: 'ADDRESS', help: 'serve them at http://ADDRESS/metrics, as 127.0.0.1:9636', read: readListen },
  textfile: { value: 'FILE', help: "replace FILE by them, for node_exporter's textfile collector" },
  topDomains: {
    value: 'COUNT',
    help: 'sender domains on their own; the rest is counted together (default: 20)',
    read: readCount(0, 1000),
  },
};
