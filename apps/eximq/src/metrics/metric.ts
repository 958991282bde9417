/** A number with its name, as Prometheus reads it. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  /** Values, each with the labels that it has. */
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}
