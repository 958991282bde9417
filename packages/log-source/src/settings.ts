import type { Metrics, RejectSink } from '@sluice/pipeline';
import { check } from './check.ts';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';
import type { CommonOptions, FollowOptions } from './options.ts';

const maxBufferBytes = 16 * 2 ** 20;
const dayMs = 86_400_000;

/** {@link CommonOptions}, checked, with defaults. */
export interface CommonSettings {
  readonly maxInFlight: number;
  readonly chunkBytes: number;
  readonly maxLineBytes: number;
  readonly ack: 'auto' | 'manual';
  readonly rejects: RejectSink | undefined;
  readonly metrics: Metrics | undefined;
}

/** {@link FollowOptions}, checked, with defaults. */
export interface FollowSettings extends CommonSettings {
  readonly start: 'end' | 'beginning';
  readonly checkpoint: CheckpointStore | undefined;
  readonly checkpointIntervalMs: number;
  readonly pollIntervalMs: number;
  readonly sweepIntervalMs: number;
  readonly rotateWaitMs: number;
  readonly maxFiles: number;
  readonly watch: 'auto' | 'never';
}

/** Checks what all sources share; throws `ERR_LOG_SOURCE_OPTION`. */
export function commonSettings(options: CommonOptions): CommonSettings {
  check.object('rejects', options.rejects, ['next']);
  check.object('metrics', options.metrics, ['add']);
  check.signal(options.signal);
  return {
    maxInFlight: check.integer('maxInFlight', options.maxInFlight, 4, 1, 1024),
    chunkBytes: check.integer('chunkBytes', options.chunkBytes, 262_144, 1024, maxBufferBytes),
    maxLineBytes: check.integer('maxLineBytes', options.maxLineBytes, 65_536, 16, maxBufferBytes),
    ack: check.word('ack', options.ack, 'auto', ['auto', 'manual']),
    rejects: options.rejects,
    metrics: options.metrics,
  };
}

/** Checks the options of `followFiles`; throws `ERR_LOG_SOURCE_OPTION`. */
export function followSettings(options: FollowOptions): FollowSettings {
  check.object('checkpoint', options.checkpoint, ['load', 'save', 'saveSync']);
  return {
    ...commonSettings(options),
    start: check.word('start', options.start, 'end', ['end', 'beginning']),
    checkpoint: options.checkpoint,
    checkpointIntervalMs: check.integer('checkpointIntervalMs', options.checkpointIntervalMs, 1000, 10, 60_000),
    pollIntervalMs: check.integer('pollIntervalMs', options.pollIntervalMs, 50, 1, 60_000),
    sweepIntervalMs: check.integer('sweepIntervalMs', options.sweepIntervalMs, 2000, 10, 600_000),
    rotateWaitMs: check.integer('rotateWaitMs', options.rotateWaitMs, 5000, 0, dayMs),
    maxFiles: check.integer('maxFiles', options.maxFiles, 16_384, 1, 1_000_000),
    watch: check.word('watch', options.watch, 'auto', ['auto', 'never']),
  };
}
