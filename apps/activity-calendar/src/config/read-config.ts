import { readFileSync } from 'node:fs';
import { keyOf, reasonOf, type Settings } from '@sluice/command-line';
import type { Node } from 'yaml';
import { ActivityCalendarError } from '../activity-calendar-error.ts';
import { type CalDavSettings, caldavSettings } from '../settings/caldav-settings.ts';
import { type CalendarSettings, calendarSettings } from '../settings/calendar-settings.ts';
import { type ServeSettings, serveSettings } from '../settings/serve-settings.ts';
import { type SourceSettings, sharedSettings, sourceSettings } from '../settings/source-settings.ts';
import { ConfigReader, type Entry } from './config-reader.ts';
import { keysOf, readSettings } from './read-settings.ts';
import { readSourceEntry } from './read-source-entry.ts';
import type { SourceSpec } from './source-spec.ts';

/** What a configuration file says. */
export interface CalendarConfig {
  readonly calendar: CalendarSettings;
  readonly caldav: CalDavSettings;
  readonly serve: ServeSettings;
  readonly sources: readonly SourceSpec[];
  /** What is wrong with single sources, which are left out. */
  readonly faults: readonly ActivityCalendarError[];
}

const maxFileBytes = 1 << 20;
const topKeys = [...keysOf(calendarSettings), ...sharedSettings.map(keyOf), 'sources', 'caldav', 'serve'];

function load(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= maxFileBytes) return bytes.toString();
  } catch (error) {
    const cure = 'name a YAML file that can be read';
    throw new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_CONFIG', reasonOf(error), { file, cure, cause: error });
  }
  const details = { file, limit: maxFileBytes, cure: 'name the configuration, not the data' };
  throw new ActivityCalendarError('ERR_ACTIVITY_CALENDAR_CONFIG', `larger than ${maxFileBytes} bytes`, details);
}

function throwAll([first, ...others]: readonly ActivityCalendarError[]): void {
  if (first !== undefined) throw first.with(others);
}

/** The settings below a key of the file: `caldav:`, `serve:`. */
function section<T>(reader: ConfigReader, entry: Entry | undefined, settings: Settings<T>): Partial<T> {
  if (entry === undefined) return {};
  const entries = reader.entries(entry.value, entry.key, entry.line, keysOf(settings));
  return entries === undefined ? {} : readSettings(reader, entries, settings);
}

function readSources(reader: ConfigReader, list: Entry | undefined, shared: SourceSettings): SourceSpec[] {
  const nodes: readonly (Node | null)[] = list === undefined ? [] : reader.items(list.value);
  return nodes.flatMap((node) => {
    const before = reader.faults.length;
    const specs = readSourceEntry(reader, node, reader.lineOf(node, list?.line), shared);
    // Half of what a source was meant to be, without its author say, is not what its owner wants to publish.
    return reader.faults.length > before ? [] : specs;
  });
}

/**
 * Reads a configuration file.
 *
 * A fault of one source leaves that source out and is in `faults`. Any other one is thrown, with all that were found.
 *
 * @throws ActivityCalendarError `ERR_ACTIVITY_CALENDAR_CONFIG` with file, line and cure
 */
export function readConfig(file: string): CalendarConfig {
  const reader = new ConfigReader(file, load(file));
  throwAll(reader.faults);
  const entries = reader.entries(reader.root, 'the file', 1, topKeys) ?? [];
  const entry = (key: string): Entry | undefined => entries.find((each) => each.key === key);
  const calendar = readSettings(reader, entries, calendarSettings);
  const shared = readSettings(reader, entries, sourceSettings);
  const caldav = section(reader, entry('caldav'), caldavSettings);
  const serve = section(reader, entry('serve'), serveSettings);
  throwAll(reader.faults);
  const sources = readSources(reader, entry('sources'), shared);
  if (sources.length === 0 && reader.faults.length === 0) {
    reader.fault(entry('sources')?.line ?? 1, 'there are no sources', 'write "sources:" and below it "- git: PATH"');
  }
  if (sources.length === 0) throwAll(reader.faults);
  return { calendar, caldav, serve, sources, faults: reader.faults };
}
