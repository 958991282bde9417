import type { EventSender } from './event-sender.ts';

/** A sender that gives `write` the commands of another one and does nothing else. */
export const rehearsal = (sender: EventSender, write: (command: string) => void): EventSender => ({
  name: sender.name,
  start: async () => {},
  stop: async () => {},
  async send(events) {
    for (const command of sender.commands(events)) write(command);
    return new Map();
  },
  commands: (events) => sender.commands(events),
  rehearse: (writeInstead) => rehearsal(sender, writeInstead),
});
