/** What a set has done and keeps since it was made. All counts only grow, save those of what is kept at the moment. */
export interface PatternSetStats {
  /** WebAssembly memory in use. */
  readonly memoryBytes: number;
  /** Part of it, and of JavaScript's memory, that holds what automata have worked out; bounded by `maxMemoryBytes`. */
  readonly cacheBytes: number;
  /** States that automata have worked out and keep. */
  readonly dfaStates: number;
  /** How often all automata were forgotten because `maxMemoryBytes` was reached. */
  readonly cacheFlushes: number;
  /** Lines on which patterns were tried. */
  readonly linesTried: number;
  /** Transitions of automata that were followed: characters read, once for each pattern that read them. */
  readonly transitions: number;
  /** Instructions worked through to find new states. */
  readonly stateWork: number;
  /** Instructions of walks through matches, for their groups. */
  readonly walkSteps: number;
  /** Steps of the backtracker. */
  readonly backtrackerSteps: number;
  /** Places at which the prefilter looked closer. */
  readonly prefilterCandidates: number;
  /** Comparisons and the like at these places. */
  readonly prefilterSteps: number;
  /** How often the literals to look for were chosen anew, the log being another than was thought. */
  readonly replans: number;
}
