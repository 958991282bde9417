import { createHash } from 'node:crypto';
import { check } from '../check.ts';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { CalDavSettings } from './caldav-options.ts';
import { type DavServer, folder } from './dav-server.ts';

/** Where a calendar is, or will be. */
export interface FoundCalendar {
  readonly url: URL;
  /** False when it is still to be made: in a dry run. */
  readonly isThere: boolean;
}

/**
 * Finds the calendar that the options name, and makes it if it is missing and they say so.
 *
 * @throws IcalSinkError `NO_CALENDAR`, also when two have the name; and what the server or the way to it gives rise to
 */
export async function findCalendar(server: DavServer, settings: CalDavSettings): Promise<FoundCalendar> {
  const { calendar, url, create } = settings;
  const place = placeOf(settings);
  if (place !== undefined) return atPlace(server, place, settings);
  const wanted = calendar as string;
  const home = await server.home();
  const calendars = await server.calendars(home);
  const named = calendars.filter(({ name }) => name === wanted);
  if (named.length > 1) {
    const places = named.map((one) => one.url.pathname).join(', ');
    throw missing(
      `${url.origin} has ${named.length} calendars named ${JSON.stringify(wanted)}`,
      `give one's path: ${places}`,
    );
  }
  const [only] = named;
  if (only !== undefined) return { url: only.url, isThere: true };
  if (!create) {
    const names = calendars.map(({ name, url: at }) => (name === undefined ? at.pathname : JSON.stringify(name)));
    const known = names.length === 0 ? 'it has none' : `it has ${names.slice(0, 20).join(', ')}`;
    throw missing(`${home.href} has no calendar named ${JSON.stringify(wanted)}`, `${known}; or let it be created`);
  }
  return make(server, new URL(`${slug(wanted)}/`, home), wanted, settings);
}

const missing = (fault: string, cure: string): IcalSinkError =>
  new IcalSinkError('ERR_ICAL_SINK_NO_CALENDAR', fault, { cure });

/** The address, where the options name one. */
function placeOf({ calendar, url }: CalDavSettings): URL | undefined {
  if (calendar === undefined) return folder(url);
  if (!/^(?:\/|https?:\/\/)/i.test(calendar)) return undefined;
  const place = URL.canParse(calendar, url.href) ? folder(new URL(calendar, url)) : undefined;
  if (place?.origin !== url.origin)
    throw check.bad('calendar', `a name, a path, or an address at ${url.origin}`, calendar);
  return place;
}

async function atPlace(server: DavServer, place: URL, settings: CalDavSettings): Promise<FoundCalendar> {
  const found = await server.collection(place);
  if (found?.isCalendar === true) return { url: place, isThere: true };
  if (found !== undefined)
    throw missing(`${place.href} is no calendar`, 'name one of those that are there as calendar');
  if (!settings.create)
    throw missing(`${place.href} does not exist`, 'name a calendar that does, or let it be created');
  return make(server, place, lastSegment(place), settings);
}

async function make(server: DavServer, url: URL, name: string, { dryRun }: CalDavSettings): Promise<FoundCalendar> {
  if (dryRun) return { url, isThere: (await server.collection(url)) !== undefined };
  await server.make(url, name);
  return { url, isThere: true };
}

/** The last part of a path as people would write it. */
function lastSegment({ pathname }: URL): string {
  const segment = pathname.split('/').at(-2) ?? '';
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A name for a folder of a name for people: what is left of it, and its hash where something was lost. */
function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  if (plain === name) return plain;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return plain === '' ? `calendar-${hash}` : `${plain}-${hash}`;
}
