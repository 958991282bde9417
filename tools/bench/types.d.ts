/** What one timed run gave. */
export interface Run {
  /** In the measurement's unit. */
  readonly value: number;
  readonly wallMs: number;
  /** User and system time, of the process or of the command and all that it waited for. */
  readonly cpuMs: number;
}

/** What is given to {@link Bench.prepare}. */
export interface BenchSetup {
  /** Folder for generated data, kept between runs and shared by all benches: name files after bench and size. */
  readonly cache: string;
  /** Asks for small sizes: the run only shows that the bench works. */
  readonly quick: boolean;
  /** Whether anything will be compared with: false when no peer of this bench is installed. */
  readonly peer: boolean;
}

/** Another program that does the same job. */
export interface Peer<Context> {
  /** With its version where that is known: `fail2ban-regex 1.0.2`. */
  readonly name: string;
  /** `true`, or why it cannot run here and what to install. */
  readonly available: () => Promise<true | string>;
  /** Ratio that is wanted against this peer; default that of the measurement. */
  readonly target?: number | null;
  readonly run: (context: Context) => Promise<Run>;
}

/** One row of the result; with several peers one for each. */
export interface Measurement<Context> {
  /** What is measured: `lines per CPU second`. */
  readonly metric: string;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** Ratio that is wanted, always so that bigger is better for us; null when there is no goal. */
  readonly target: number | null;
  /** `true`, or why this cannot be measured here and what to install; it is then left out. Asked before `prepare`. */
  readonly available?: () => Promise<true | string>;
  readonly ours: (context: Context) => Promise<Run>;
  /** Whom the row is compared with: all run by turns with ours. Absent when there is nobody. */
  readonly theirs?: Peer<Context> | readonly Peer<Context>[];
}

/** What a `bench/<name>.bench.mjs` exports by default. */
// biome-ignore lint/suspicious/noExplicitAny: each bench has a context of its own, which only it looks into.
export interface Bench<Context = any> {
  /** Unique in its package. */
  readonly name: string;
  /** Makes data once and returns what the runs need. */
  readonly prepare: (setup: BenchSetup) => Promise<Context>;
  readonly measurements: readonly Measurement<Context>[];
  readonly cleanup?: (context: Context) => Promise<void>;
}

/** One measurement with its result: a line of `--json` and of the table. */
export interface Row {
  /** The package. */
  readonly bench: string;
  /** Name of the bench in the package. */
  readonly name: string;
  readonly metric: string;
  /** Median of the runs. */
  readonly ours: number;
  /** Median of the runs; null when there is no peer here. */
  readonly theirs: number | null;
  /** How many times better ours is; null without a peer. */
  readonly ratio: number | null;
  readonly target: number | null;
  /** Whether the ratio reaches the target; null without either. */
  readonly met: boolean | null;
}

/** Medians of what the runs took. A run of the peer may do less work than one of ours; the rates know. */
export interface Times {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A row and what its numbers mean, as the record keeps it. */
export interface Result {
  readonly row: Row;
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** Name of the peer that was or would have been compared with; null when there is none. */
  readonly peer: string | null;
  /** How many runs the medians are of. */
  readonly runs: number;
  /** Of one run. */
  readonly times: { readonly ours: Times; readonly theirs: Times | null };
}

/** What `bench/record/<date>.json` holds: the results of one package on one day. */
export interface BenchRecord {
  /** `2026-12-01`, UTC. */
  readonly date: string;
  readonly machine: Machine;
  readonly results: readonly Result[];
}

/** What a number depends on besides the code; nothing that tells whose machine it is. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly kernel: string;
}
