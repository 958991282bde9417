import { missingArgument, unknownJail } from './control-fault.ts';
import type { ControlPlane } from './control-plane.ts';
import type { Json } from './json.ts';
import type { RunningJail } from './running-jail.ts';

/** What a verb works on. */
export interface VerbContext {
  readonly plane: ControlPlane;
  /** A word to whoever asked that is not the answer. */
  note(text: string): void;
}

/** Does one command; the arguments are the words behind the verb. */
export type Verb = (context: VerbContext, args: readonly string[]) => Json | Promise<Json>;

/** The argument at a place. @throws ControlFault when there is none */
export function argumentAt(args: readonly string[], index: number): string {
  const argument = args[index];
  if (argument === undefined) throw missingArgument();
  return argument;
}

/** A jail that runs. @throws ControlFault when there is none of this name */
export function jailNamed({ jails }: ControlPlane, name: string): RunningJail {
  const jail = jails.get(name);
  if (jail === undefined) throw unknownJail(name);
  return jail;
}
