import { reverseName } from './reverse-name.ts';
import type { JailCounts, PastFailures, Surroundings } from './surroundings.ts';
import type { Ticket } from './ticket.ts';

/** What the tags of one command stand for. */
export interface Subject {
  readonly ticket: Ticket;
  /** `''` for what is no address, and where a command is for both families. */
  readonly family: string;
  readonly surroundings: Surroundings;
}

/** A tag's value, and the name of the variable that holds it when it cannot stand in a script. */
export interface TagValue {
  readonly variable: string;
  readonly value: string;
}

const seconds = (ms: number): number => ms / 1000;
const ip = ({ ticket }: Subject): string => ticket.address?.text ?? ticket.id;
const past = ({ ticket, surroundings }: Subject, where: 'jail' | 'overall'): PastFailures => {
  const known = surroundings.history?.failuresOf(ticket.id, where);
  return known === undefined || known.failures === 0 ? ticket : known;
};
const host = (subject: Subject): string => {
  const { address } = subject.ticket;
  const name = address && subject.surroundings.resolver?.nameOf(address);
  return typeof name === 'string' ? name : ip(subject);
};
const banTime = ({ ticket }: Subject): string =>
  Number.isFinite(ticket.banTimeMs) ? String(Math.trunc(seconds(ticket.banTimeMs))) : '-1';
const rawTicket = (subject: Subject): string => {
  const { id, timeMs, count: banCount, failures, matches } = subject.ticket;
  const times = `time=${seconds(timeMs)} bantime=${banTime(subject)}`;
  return `BanTicket: ip=${id} ${times} bancount=${banCount} #attempts=${failures} matches=${JSON.stringify(matches)}`;
};
const count =
  (name: keyof JailCounts) =>
  ({ surroundings }: Subject): string =>
    String(surroundings.counts?.()[name] ?? 0);

const tags: ReadonlyMap<string, (subject: Subject) => string> = new Map([
  ['ip', ip],
  ['family', ({ family }) => family],
  ['ip-rev', ({ ticket }) => (ticket.address ? reverseName(ticket.address) : '')],
  ['ip-host', host],
  ['fid', ({ ticket }) => ticket.id],
  ['failures', ({ ticket }) => String(ticket.failures)],
  ['time', ({ ticket }) => String(seconds(ticket.timeMs))],
  ['bantime', banTime],
  ['bancount', ({ ticket }) => String(ticket.count)],
  ['matches', ({ ticket }) => ticket.matches.join('\n')],
  ['restored', ({ ticket }) => (ticket.restored ? '1' : '0')],
  ['ipmatches', (subject) => past(subject, 'overall').matches.join('\n')],
  ['ipjailmatches', (subject) => past(subject, 'jail').matches.join('\n')],
  ['ipfailures', (subject) => String(past(subject, 'overall').failures)],
  ['ipjailfailures', (subject) => String(past(subject, 'jail').failures)],
  ['raw-ticket', rawTicket],
  ['jail.name', ({ surroundings }) => surroundings.jail],
  ['jail.banned', count('banned')],
  ['jail.banned_total', count('bannedTotal')],
  ['jail.found', count('found')],
  ['jail.found_total', count('foundTotal')],
  ['fq-hostname', ({ surroundings }) => surroundings.qualifiedHostName],
  ['sh-hostname', ({ surroundings }) => surroundings.hostName],
]);

/** Groups that a filter's tag names otherwise: `<F-ID>` is the group `fid`. */
const groupNames: ReadonlyMap<string, string> = new Map([
  ['id', 'fid'],
  ['port', 'fport'],
]);

function groupValue(tag: string, { ticket }: Subject): TagValue {
  const lower = tag.toLowerCase();
  const name = groupNames.get(lower) ?? lower;
  const value = Object.hasOwn(ticket.groups, name) ? ticket.groups[name] : undefined;
  return { variable: `F_${name}`, value: value ?? '' };
}

/** What a tag stands for; undefined when it is none of the tags of a ban. A `<F-…>` without such a group is empty. */
export function tagValue(tag: string, subject: Subject): TagValue | undefined {
  const group = /^F-([A-Z0-9_-]+)$/.exec(tag)?.[1];
  if (group !== undefined) return groupValue(group, subject);
  const value = tags.get(tag)?.(subject);
  return value === undefined ? undefined : { variable: tag, value };
}
