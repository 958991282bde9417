import type { IniSection } from '@sluice/fail2ban-config';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { OptionKind } from './option-kinds.ts';

/** The options of a section, by their names in the code, each with the way it is read. */
export type OptionKinds = Readonly<Record<string, OptionKind>>;

const code = 'ERR_BANWATCHD_BAN_WITH';

/** An option as it is written: `timeoutMs` is `timeout`, whose value has its unit. */
const writtenName = (option: string): string => option.replace(/Ms$/, '').toLowerCase();

/** What ban-with.conf says of one thing to ban with; without the section, nothing. */
export class Section {
  readonly name: string;
  readonly file: string | undefined;
  readonly #section: IniSection | undefined;

  constructor(name: string, section: IniSection | undefined) {
    this.name = name;
    this.file = section?.place.file;
    this.#section = section;
  }

  /**
   * Reads the options that are set. Where a kind cannot be told from the text alone, who takes the value judges it.
   *
   * @throws BanwatchdError `ERR_BANWATCHD_BAN_WITH` for an option that there is not, or that cannot be read
   */
  read(kinds: OptionKinds): Readonly<Record<string, unknown>> {
    const options = new Map(Object.keys(kinds).map((option) => [writtenName(option), option]));
    const values: [string, unknown][] = [];
    for (const [written, lines] of this.#section?.options ?? []) {
      const option = options.get(written);
      const kind = option === undefined ? undefined : kinds[option];
      if (option === undefined || kind === undefined)
        throw this.fault(
          `[${this.name}] has no option ${written}`,
          `write one of ${[...options.keys()].join(', ')}`,
          written,
        );
      const texts = lines.map(({ text }) => text.trim()).filter((text, at) => text !== '' || at === 0);
      const value = kind.read(texts.length > 1 && texts[0] === '' ? texts.slice(1) : texts);
      if (value === undefined) throw this.wrongValue(written, kind.wanted);
      values.push([option, value]);
    }
    return Object.fromEntries(values);
  }

  /** What another part says of a value that came from here, at the place where it is set. */
  faultOf(cause: Error): BanwatchdError {
    // A message begins with the option, or with the part that speaks and then the option.
    const words = (cause.message.match(/[a-z]\w*/gi) ?? []).slice(0, 2).map(writtenName);
    const written = words.find((word) => this.#section?.options.has(word)) ?? '';
    const isSet = written !== '';
    const cure = isSet ? `change ${written}` : `set what it asks for in [${this.name}]`;
    return this.fault(`[${this.name}] ${cause.message}`, cure, isSet ? written : undefined, cause);
  }

  wrongValue(written: string, wanted: string): BanwatchdError {
    const value = this.#section?.options
      .get(written)
      ?.map(({ text }) => text)
      .join(' ');
    const fault = `[${this.name}] ${written} must be ${wanted}, not ${JSON.stringify(value?.slice(0, 60))}`;
    return this.fault(fault, `write ${written} = …, or remove the line for the default`, written);
  }

  /** @param written option at whose place it is; without one it is the section's */
  fault(fault: string, cure: string, written?: string, cause?: Error): BanwatchdError {
    const lines = written === undefined ? undefined : this.#section?.options.get(written);
    const place = lines?.[0]?.place ?? this.#section?.place;
    return new BanwatchdError(code, fault, { ...place, cure, ...(cause && { cause }) });
  }
}
