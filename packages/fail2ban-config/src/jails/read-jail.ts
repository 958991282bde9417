import type { ActionConfig } from '../definitions/action-config.ts';
import { buildFilter, type FilterOption, journalLines } from '../definitions/build-filter.ts';
import type { FilterConfig } from '../definitions/filter-config.ts';
import { openAction } from '../definitions/read-action.ts';
import { type FilterUse, openFilter } from '../definitions/read-filter.ts';
import { faultAt, quote } from '../fail2ban-config-error.ts';
import { once } from '../once.ts';
import type { Place, Setting } from '../place.ts';
import { faultOfList } from '../stream/fault-of-list.ts';
import { jailRecords } from '../stream/records.ts';
import { parseOptionList } from '../syntax/parse-option-list.ts';
import { splitOptionLists } from '../syntax/split-option-lists.ts';
import { splitWords } from '../syntax/split-words.ts';
import type { ConfigReader } from '../tree/config-reader.ts';
import type { ConfigTree, TreeSection } from '../tree/config-tree.ts';
import { Interpolator } from '../values/interpolator.ts';
import { placeAt, placeOf, textOf, type Value } from '../values/value.ts';
import { readIgnoreCache } from './ignore-cache.ts';
import type { JailConfig } from './jail-config.ts';
import { AUTO_BACKEND, JAIL_OPTIONS, JailOptions, OTHER_OPTIONS } from './jail-options.ts';
import type { ProblemCollector } from './problem-collector.ts';
import { readIncrement } from './read-increment.ts';
import { readLogPaths } from './read-log-paths.ts';

const textIn = (value: Value | undefined): string | undefined => value && textOf(value);

const DEFAULT_TIME_MS = 600_000;
const KNOWN = 'known/';
/** Most actions of one jail. */
const MAX_ACTIONS = 200;
/** Options of the jail that its filter may refer to. */
const FILTER_SEES = new Set(['enabled', 'backend', 'filter']);

/** Reads one jail of a configuration, step by step, so that each fault in it is found. */
export class JailReader {
  readonly #reader: ConfigReader;
  readonly #tree: ConfigTree;
  readonly #name: string;
  readonly #section: TreeSection;
  readonly #problems: ProblemCollector;
  readonly #options: JailOptions;
  readonly #lists: (readonly ['filter' | 'action', string])[] = [];
  /** Without what the filter gives: its name and what it may refer to are read before it is. */
  readonly #plain: Interpolator;
  readonly #filter = once(() => this.#openFilter());

  constructor(reader: ConfigReader, tree: ConfigTree, name: string, section: TreeSection, problems: ProblemCollector) {
    this.#reader = reader;
    this.#tree = tree;
    this.#name = name;
    this.#section = section;
    this.#problems = problems;
    this.#plain = new Interpolator(tree, name);
    const known = (option: string): Value | undefined => {
      if (!option.startsWith(KNOWN)) return undefined;
      const filter = this.#filter();
      const name = option.slice(KNOWN.length);
      return filter?.knows(name) ? filter.knownOption(name) : undefined;
    };
    this.#options = new JailOptions(new Interpolator(tree, name, known));
  }

  enabled(): boolean {
    return this.#problems.try(() => this.#options.boolean('enabled', false)) ?? false;
  }

  /** The jail; not to be used when the collector has errors. */
  read(): JailConfig {
    const options = this.#options;
    const get = <T>(step: () => T, fallback: T): T => this.#problems.try(step) ?? fallback;
    const backend = get(() => options.backend(), AUTO_BACKEND);
    const filter = this.#problems.try(() => this.#readFilter());
    const logPath = get(() => options.value('logpath'), undefined);
    const watchesFiles = logPath !== undefined && backend.backendName !== 'systemd';
    const settings = this.#readSettings();
    const increment = this.#problems.try(() => readIncrement(settings));
    const ignoreCommand = get(() => options.text('ignorecommand'), undefined);
    const ignoreCache = this.#problems.try(() => {
      const setting = settings['ignorecache'];
      return setting && readIgnoreCache(setting.value, setting.place);
    });
    const journalMatch = get(() => options.value('journalmatch'), undefined);
    const logTimezone = get(() => options.text('logtimezone'), undefined);
    const jail = {
      name: this.#name,
      enabled: this.enabled(),
      ...backend,
      filter,
      logPaths: Object.freeze(watchesFiles ? get(() => readLogPaths(logPath), []) : []),
      maxRetry: Math.max(
        1,
        get(() => options.count('maxretry', 3, 0), 3),
      ),
      findTimeMs: get(() => options.findTime(DEFAULT_TIME_MS), DEFAULT_TIME_MS),
      window: get(() => options.countingWindow(), 'estimate' as const),
      banTimeMs: get(() => options.banTime(DEFAULT_TIME_MS), DEFAULT_TIME_MS),
      maxMatches: get(() => options.count('maxmatches', 5, 0), 5),
      maxLines: filter?.maxLines ?? 1,
      ...(increment !== undefined && { increment }),
      ignoreIp: Object.freeze(get(() => splitWords(options.text('ignoreip') ?? ''), [])),
      ignoreSelf: get(() => options.boolean('ignoreself', true), true),
      ...(ignoreCommand !== undefined && { ignoreCommand }),
      ...(ignoreCache !== undefined && { ignoreCache }),
      useDns: filter?.useDns ?? ('warn' as const),
      logEncoding: get(() => options.text('logencoding'), undefined) ?? 'auto',
      ...(logTimezone !== undefined && { logTimezone }),
      skipIfNoLogs: get(() => options.boolean('skip_if_nologs', false), false),
      systemdIfNoLogs: get(() => options.boolean('systemd_if_nologs', true), true),
      journalMatch: filter?.journalMatch ?? Object.freeze(journalLines(journalMatch)),
      actions: Object.freeze(this.#readActions()),
      settings,
      place: this.#section.place,
    };
    // Hidden, so that the jail stays plain data for whoever copies, compares or prints it.
    Object.defineProperty(jail, 'placeOf', { value: (option: string) => this.#placeOf(option) });
    const config: JailConfig = Object.freeze(jail as typeof jail & Pick<JailConfig, 'placeOf'>);
    jailRecords.set(config, {
      option: (option) => textIn(options.value(option)),
      filterOptions: () => this.#filter()?.unhidden((option) => options.value(option) !== undefined) ?? [],
    });
    return config;
  }

  /** Why the jail is left out, in the words in which fail2ban says it, where it is for the same reason. */
  fault(): string {
    const faults = this.#lists.map(([kind, spec]) => faultOfList(this.#reader, kind, spec));
    return faults.find((fault) => fault !== undefined) ?? this.#problems.errors[0]?.message ?? '';
  }

  /** A fault in the choice of a filter or action is the jail's own, also where [DEFAULT] makes that choice. */
  #asked(option: string, value: Value): Place {
    return this.#section.options.has(option) ? placeOf(value) : this.#section.place;
  }

  #placeOf(option: string): Place | undefined {
    const name = option.toLowerCase();
    const value = this.#section.options.get(name) ?? this.#tree.defaults.get(name);
    return value && placeOf(value);
  }

  #jailOption = (name: string): Value | undefined => (JAIL_OPTIONS.has(name) ? this.#options.value(name) : undefined);

  /** The filter as it is without the jail's own options over it. */
  #openFilter(): FilterUse | undefined {
    const spec = this.#plain.get('filter');
    if (spec === undefined || textOf(spec).trim() === '') return undefined;
    this.#lists.push(['filter', textOf(spec)]);
    const early = (name: string): Value | undefined => (FILTER_SEES.has(name) ? this.#plain.get(name) : undefined);
    const journal = textOf(this.#plain.get('backend') ?? [])
      .trim()
      .toLowerCase()
      .startsWith('systemd');
    return openFilter(this.#reader, spec, this.#asked('filter', spec), early, journal ? 'journal' : 'file');
  }

  #readFilter(): FilterConfig | undefined {
    const filter = this.#filter();
    if (filter === undefined && this.#options.value('failregex') === undefined) return undefined;
    const option = (name: FilterOption): Value | undefined => this.#options.value(name) ?? filter?.finalOption(name);
    return buildFilter(filter?.name ?? this.#name, filter?.place ?? this.#section.place, option);
  }

  #readActions(): readonly ActionConfig[] {
    const value = this.#problems.try(() => this.#options.value('action'));
    if (value === undefined) return [];
    const actions: ActionConfig[] = [];
    const items = splitOptionLists(textOf(value));
    const more = items[MAX_ACTIONS];
    if (more !== undefined) {
      const fault = `the jail has more than ${MAX_ACTIONS} actions`;
      this.#problems.add(faultAt(placeAt(value, more.at), 'ERR_FAIL2BAN_CONFIG_TOO_LONG', fault, 'remove some'));
    }
    for (const { text, at } of items.slice(0, MAX_ACTIONS)) {
      this.#problems.try(() => {
        const asked = placeAt(value, at);
        this.#lists.push(['action', text]);
        const list = parseOptionList(text, asked);
        const use = { jail: this.#name, jailOption: this.#jailOption, asked };
        const action = openAction(this.#reader, list, value, at, use);
        if (actions.some(({ name }) => name === action.name)) {
          const fault = `the jail has two actions named ${quote(action.name)}`;
          throw faultAt(asked, 'ERR_FAIL2BAN_CONFIG_DUPLICATE', fault, `add [actname=…] to one of them`);
        }
        actions.push(action);
      });
    }
    return actions;
  }

  #readSettings(): Readonly<Record<string, Setting<string>>> {
    const settings: Record<string, Setting<string>> = Object.create(null);
    for (const option of OTHER_OPTIONS) {
      const value = this.#problems.try(() => this.#options.value(option));
      if (value !== undefined) settings[option] = Object.freeze({ value: textOf(value), place: placeOf(value) });
    }
    return Object.freeze(settings);
  }
}
