import { invalidCommand } from './control-fault.ts';
import type { Json } from './json.ts';
import { argumentAt, type Verb, type VerbContext } from './verb.ts';
import { banned } from './verbs/banned.ts';
import { get } from './verbs/get.ts';
import { jailVerbs } from './verbs/jail-verbs.ts';
import { serverVerbs } from './verbs/server-verbs.ts';
import { set } from './verbs/set.ts';
import { stats, status } from './verbs/status.ts';
import { unban } from './verbs/unban.ts';

const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries({
    ...serverVerbs,
    ...jailVerbs,
    status,
    stats,
    statistic: stats,
    statistics: stats,
    banned,
    unban,
    get,
    set,
  }),
);

/**
 * Does one command of a client, in the words that `fail2ban-client` sends.
 *
 * @throws ControlFault, or the error of the part that refused
 */
export async function runCommand(context: VerbContext, command: readonly string[]): Promise<Json> {
  const verb = verbs.get(argumentAt(command, 0));
  if (verb === undefined) throw invalidCommand();
  return verb(context, command.slice(1));
}
