import type { Metric } from './metric.ts';

/** What a label's value must not hold as it is; other control characters are allowed, and of no use. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

const escaped = (value: string): string =>
  value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(control, '\ufffd');

function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  if (labels === undefined) return '';
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;
}

/** Prometheus' text format 0.0.4; all of them are gauges. */
export const expositionText = (metrics: readonly Metric[]): string =>
  metrics
    .map(({ name, help, values }) =>
      [
        `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`,
        ...values.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`),
      ].join(''),
    )
    .join('');
