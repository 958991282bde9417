import type { ActionCommands, ActionConfig, Family } from '@sluice/fail2ban-config';
import { BanActionError } from '../ban-action-error.ts';
import { type Subject, tagValue } from './dynamic-tags.ts';
import { fillIn, type ShellScript } from './fill-in.ts';

export type Operation = keyof ActionCommands;

/** What an action is started for: a family, or everything (`''`) when it does not tell the families apart. */
export type Part = Family | '';

const countTags = /<jail\.(?:banned|found)(?:_total)?>/;

function unusable({ name, place }: ActionConfig, tag: string, why: string, cure: string): BanActionError {
  return new BanActionError('ERR_BAN_ACTION_OPTION', `action ${name}: ${tag} ${why}`, { ...place, value: tag, cure });
}

/** The commands of an action, by family and filled in. */
export class ActionTexts {
  /** Whether a command names `<ip-host>`. */
  readonly mentionsHost: boolean;
  readonly #config: ActionConfig;

  /**
   * @param hasCounts whether there are values for `<jail.banned>` and the like
   * @throws BanActionError `ERR_BAN_ACTION_OPTION` for a tag that has no value here
   */
  constructor(config: ActionConfig, hasCounts: boolean) {
    this.#config = config;
    const all = [config.commands, config.commandsV6]
      .flatMap((commands) => Object.values(commands) as string[])
      .join('\n');
    this.mentionsHost = all.includes('<ip-host>');
    const [counts] = countTags.exec(all) ?? [];
    if (counts && !hasCounts)
      throw unusable(config, counts, 'is not known here', 'take it out, or give the option `counts`');
  }

  /** What has to be started for a family's bans. An id that is no address goes with IPv4, as its commands do. */
  partOf(family: Family | undefined): Part {
    return this.#config.families.length === 0 ? '' : (family ?? 'inet4');
  }

  /** All that there is to start. */
  get parts(): readonly Part[] {
    return this.#config.families.length === 0 ? [''] : this.#config.families;
  }

  /** The command as it is written; `''` is none. */
  raw(operation: Operation, family: string): string {
    const commands = family === 'inet6' ? this.#config.commandsV6 : this.#config.commands;
    const text = commands[operation];
    return text.trim() === '' ? '' : text;
  }

  has(operation: Operation): boolean {
    return this.raw(operation, 'inet4') !== '' || this.raw(operation, 'inet6') !== '';
  }

  /** Whether one of the operations asks for a tag that begins so. */
  mentions(operations: readonly Operation[], tag: string): boolean {
    const texts = operations.flatMap((operation) => [this.raw(operation, 'inet4'), this.raw(operation, 'inet6')]);
    return texts.some((text) => text.includes(tag));
  }

  /** The command for the subject; undefined when the action has none. */
  script(operation: Operation, subject: Subject): ShellScript | undefined {
    const text = this.raw(operation, subject.family);
    return text === '' ? undefined : fillIn(text, (tag) => tagValue(tag, subject));
  }
}
