import type { Failure } from '@sluice/pipeline';
import type { FilterChunk } from '../filter-chunk.ts';
import type { FilterCore } from '../filter-core.ts';
import type { FilterListener } from '../lines/filter-listener.ts';
import type { JointRules } from '../rules/joint-rules.ts';

/** Filters that find the same: the first works, for all. */
export interface Squad {
  readonly cores: readonly [FilterCore, ...FilterCore[]];
  /** Place of their rules among the members of the joint ones. */
  readonly block: number;
  /** Who is told of what comes to light besides failures. Default: those of the filters. */
  readonly listeners?: readonly FilterListener[];
}

/**
 * Reads a chunk with several filters; each gets the lines that it can match.
 *
 * @param emit gets a failure, and the filters that have it
 */
export function scanChunk(
  rules: JointRules,
  squads: readonly Squad[],
  chunk: FilterChunk,
  emit: (failure: Failure, squad: Squad) => void,
): void {
  const active: { squad: Squad; nowMs: number }[][] = [];
  for (const squad of squads) {
    const nowMs = squad.cores[0].begin(squad.listeners ?? squad.cores.map(({ listener }) => listener));
    active[squad.block] ??= [];
    active[squad.block]?.push({ squad, nowMs });
  }
  try {
    const { lines } = rules.scan(
      chunk.bytes,
      (line, block) => {
        for (const { squad, nowMs } of active[block] ?? []) {
          const failure = squad.cores[0].readCandidate(line, block, chunk, nowMs);
          if (failure !== undefined) emit(failure, squad);
        }
      },
      { path: chunk.source.path, offset: chunk.offset },
    );
    for (const { cores } of squads) cores[0].counts.lines += lines;
  } finally {
    for (const { cores } of squads) {
      cores[0].counts.bytes += chunk.bytes.length;
      cores[0].end();
    }
  }
}
