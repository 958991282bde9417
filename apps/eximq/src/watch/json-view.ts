import type { QueueChange } from '@sluice/exim-queue';
import { jsonLine } from '../output/json-line.ts';
import { TextOutput } from '../output/text-output.ts';
import type { ChangeView } from './change-view.ts';

/**
 * Prints changes as JSON, one a line. Those that come together are written together, and none waits for later ones.
 *
 * @param failed is told when they cannot be written
 */
export function jsonView(fd: number, failed: (error: unknown) => void): ChangeView {
  const output = new TextOutput(fd);
  let waiting: NodeJS.Immediate | undefined;
  const flush = (): void => {
    waiting = undefined;
    try {
      output.flush();
    } catch (error) {
      failed(error);
    }
  };
  return {
    add: (change: QueueChange) => {
      output.add(jsonLine(change));
      waiting ??= setImmediate(flush);
    },
    end: () => {
      clearImmediate(waiting);
      output.flush();
    },
  };
}
