import type { FileState, Fingerprint } from './checkpoint-store.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isDecimal = (value: unknown): boolean => typeof value === 'string' && /^\d{1,20}$/.test(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const isFingerprint = (value: unknown): value is Fingerprint =>
  isRecord(value) && isCount(value['bytes']) && typeof value['hash'] === 'string';

/** Whether a value read from a checkpoint is a whole and possible state. */
export function isFileState(value: unknown): value is FileState {
  return (
    isRecord(value) &&
    isText(value['id']) &&
    isText(value['path']) &&
    isDecimal(value['device']) &&
    isDecimal(value['inode']) &&
    isCount(value['position']) &&
    typeof value['inCut'] === 'boolean' &&
    isFingerprint(value['prefix']) &&
    isFingerprint(value['before']) &&
    value['before'].bytes <= value['position'] &&
    typeof value['notedMs'] === 'number' &&
    typeof value['closed'] === 'boolean'
  );
}
