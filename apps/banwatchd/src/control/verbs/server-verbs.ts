import { setTimeout as sleep } from 'node:timers/promises';
import { badValue } from '../control-fault.ts';
import { argumentAt, type Verb } from '../verb.ts';

const maxSleepMs = 60_000;

/** Verbs that concern the daemon as a whole. */
export const serverVerbs: Readonly<Record<string, Verb>> = {
  ping: () => 'pong',
  version: ({ plane }) => plane.version,
  echo: (_, args) => args,
  'server-status': () => 'Server ready',

  async sleep(_, args) {
    const text = argumentAt(args, 0);
    const seconds = Number(text);
    if (text.trim() === '' || !(seconds >= 0)) throw badValue(`could not convert string to float: '${text}'`);
    await sleep(Math.min(seconds * 1000, maxSleepMs));
    return null;
  },

  async flushlogs({ plane }) {
    await plane.log.flush();
    return plane.log.target.kind === 'file' || plane.log.target.kind === 'sysout' ? 'rolled over' : 'flushed';
  },
};
