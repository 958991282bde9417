import { actionOperations } from './jail-settings/action-operations.ts';

const jailVerbs: readonly string[] = ['add', 'start', 'reload', 'restart'];
/** What changes no settings need not wait; an action may call for it while another command runs. */
const atOnce: readonly string[] = ['banip', 'unbanip', 'attempt'];

/** The lane of a command: those of one lane run one after the other, since they read settings and write them back. */
function laneOf([verb = '', name = '', option = '', , property = '']: readonly string[]): string | undefined {
  const isOperation = option === 'action' && (actionOperations as readonly string[]).includes(property);
  if (verb === 'set') return isOperation || atOnce.includes(option) ? undefined : `set ${name}`;
  return jailVerbs.includes(verb) || (verb === 'stop' && name !== '') ? 'jails' : undefined;
}

/** Runs commands that would spoil each other's settings one after the other, and all others at once. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(command: readonly string[], act: () => Promise<T>): Promise<T> {
    const lane = laneOf(command);
    if (lane === undefined) return act();
    const before = this.#last.get(lane);
    const mine = (before ?? Promise.resolve()).then(act);
    const settled = mine.catch(() => {});
    this.#last.set(lane, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(lane) === settled) this.#last.delete(lane);
    }
  }
}
