import type { QueueAction } from '../queue-action.ts';

/** How Exim is told to act. */
export interface ActionCommand {
  /** Most messages that one Exim is given. */
  readonly maxIds: number;
  /** It prints nothing and its exit code tells nothing: what it did is seen by `-v` and by the spool. */
  readonly isSilent: boolean;
  /** The arguments for messages of one queue. */
  args(queue: string, ids: readonly string[]): string[];
}

const several = Number.POSITIVE_INFINITY;

/**
 * The command line of an action, by Exim's manual. The queue's option must stand before the action: what follows that is
 * taken for ids. Actions with addresses take one message only. A delivery may take minutes, so each message gets an Exim
 * of its own, whose words are then about it alone.
 */
export function actionCommand(action: QueueAction): ActionCommand {
  switch (action.kind) {
    case 'remove':
      return spoken(several, (ids) => ['-Mrm', ...ids]);
    case 'freeze':
      return spoken(several, (ids) => ['-Mf', ...ids]);
    case 'thaw':
      return spoken(several, (ids) => ['-Mt', ...ids]);
    case 'move':
      return spoken(several, (ids) => ['-MG', action.queue, ...ids]);
    case 'markDelivered':
      if (action.recipients === 'all') return spoken(several, (ids) => ['-Mmad', ...ids]);
      return spoken(1, (ids) => ['-Mmd', ...ids, ...action.recipients]);
    case 'addRecipients':
      return spoken(1, (ids) => ['-Mar', ...ids, ...action.recipients]);
    case 'editSender':
      return spoken(1, (ids) => ['-Mes', ...ids, action.sender === '' ? '<>' : action.sender]);
    case 'deliver':
      return silent('-M');
    case 'bounce':
      return silent('-Mg');
  }
}

const inQueue = (queue: string): string[] => (queue === '' ? [] : [`-qG${queue}`]);

const spoken = (maxIds: number, args: (ids: readonly string[]) => string[]): ActionCommand => ({
  maxIds,
  isSilent: false,
  args: (queue, ids) => [...inQueue(queue), ...args(ids)],
});

const silent = (flag: string): ActionCommand => ({
  maxIds: 1,
  isSilent: true,
  args: (queue, ids) => [...inQueue(queue), '-v', flag, ...ids],
});
