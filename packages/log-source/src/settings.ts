import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';
import { badOption, integerOption, wordOption } from './option-check.ts';
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

function checkMembers(option: string, value: object | undefined, members: readonly string[]): void {
  const fits = (one: object): boolean => members.every((member) => typeof Reflect.get(one, member) === 'function');
  if (value === undefined || (value !== null && typeof value === 'object' && fits(value))) return;
  throw badOption(option, `an object with ${members.map((member) => `${member}()`).join(', ')}`, value);
}

/** Checks what all sources share; throws `ERR_LOG_SOURCE_OPTION`. */
export function commonSettings(options: CommonOptions): CommonSettings {
  checkMembers('rejects', options.rejects, ['next']);
  checkMembers('metrics', options.metrics, ['add']);
  if (options.signal !== undefined && !(options.signal instanceof AbortSignal))
    throw badOption('signal', 'an AbortSignal', options.signal);
  return {
    maxInFlight: integerOption('maxInFlight', options.maxInFlight, 4, 1, 1024),
    chunkBytes: integerOption('chunkBytes', options.chunkBytes, 262_144, 1024, maxBufferBytes),
    maxLineBytes: integerOption('maxLineBytes', options.maxLineBytes, 65_536, 16, maxBufferBytes),
    ack: wordOption('ack', options.ack, ['auto', 'manual']),
    rejects: options.rejects,
    metrics: options.metrics,
  };
}

/** Checks the options of `followFiles`; throws `ERR_LOG_SOURCE_OPTION`. */
export function followSettings(options: FollowOptions): FollowSettings {
  checkMembers('checkpoint', options.checkpoint, ['load', 'save', 'saveSync']);
  return {
    ...commonSettings(options),
    start: wordOption('start', options.start, ['end', 'beginning']),
    checkpoint: options.checkpoint,
    checkpointIntervalMs: integerOption('checkpointIntervalMs', options.checkpointIntervalMs, 1000, 10, 60_000),
    pollIntervalMs: integerOption('pollIntervalMs', options.pollIntervalMs, 50, 1, 60_000),
    sweepIntervalMs: integerOption('sweepIntervalMs', options.sweepIntervalMs, 2000, 10, 600_000),
    rotateWaitMs: integerOption('rotateWaitMs', options.rotateWaitMs, 5000, 0, dayMs),
    maxFiles: integerOption('maxFiles', options.maxFiles, 16_384, 1, 1_000_000),
    watch: wordOption('watch', options.watch, ['auto', 'never']),
  };
}
