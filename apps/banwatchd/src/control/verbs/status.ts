import type { BackendStatus } from '../../ban-with/backend-status.ts';
import { invalidCommand } from '../control-fault.ts';
import { journalMatchesOf } from '../jail-settings/journal-matches.ts';
import type { Json } from '../json.ts';
import type { RunningJail } from '../running-jail.ts';
import { argumentAt, jailNamed, type Verb, type VerbContext } from '../verb.ts';

// `cymru` is `basic` here: its names are looked up by the client, so that the daemon asks nobody on the network.
const flavors = ['short', 'basic', 'stats', 'cymru'] as const;
type Flavor = (typeof flavors)[number];

/** What `stats` shows of a jail. */
export function jailStats({ config, status }: RunningJail): Json {
  const { currentlyFailed, totalFailed, currentlyBanned, totalBanned } = status;
  return {
    backend: config.backend,
    filter: { currentlyFailed, totalFailed },
    actions: { currentlyBanned, totalBanned },
  };
}

const backendStatus = ({ isRequired, transport, ...status }: BackendStatus): Json => ({
  ...status,
  required: isRequired,
  ...(transport && { transport: { ...transport } }),
});

function jailStatus(jail: RunningJail, flavor: string): Json {
  const { currentlyFailed, totalFailed, currentlyBanned, totalBanned } = jail.status;
  const watched =
    jail.config.backendName === 'systemd'
      ? { journalMatches: journalMatchesOf(jail.config).map((match) => match.join(' ')) }
      : { files: jail.files };
  const ids = [...jail.bans].map(({ id }) => id);
  return {
    jail: jail.name,
    filter: { currentlyFailed, totalFailed, ...watched },
    actions: { currentlyBanned, totalBanned, ...(flavor !== 'short' && { banned: ids }) },
  };
}

function flavorOf(text: string | undefined, { note }: VerbContext): Flavor {
  if (text === undefined) return 'basic';
  const flavor = flavors.find((known) => known === text);
  if (flavor === undefined) note(`Unsupported extended jail status flavor '${text}'. Supported: ${flavors.join(', ')}`);
  return flavor ?? 'basic';
}

const nameList = (names: Iterable<string>): string[] => [...names].sort();

/** `status`, `status --all [FLAVOR]`, `status JAIL [FLAVOR]`. */
export const status: Verb = (context, args) => {
  const { plane } = context;
  if (args.length > 2) throw invalidCommand(' (no status)');
  const jails = nameList(plane.jails.keys());
  if (args.length === 0)
    return { jails, ...(plane.backends.length > 0 && { backends: plane.backends.map(backendStatus) }) };
  const name = argumentAt(args, 0);
  if (name === '--all') {
    const flavor = flavorOf(args[1], context);
    if (flavor === 'stats') return stats(context, []);
    return { jails, status: jails.map((jail) => jailStatus(jailNamed(plane, jail), flavor)) };
  }
  const jail = jailNamed(plane, name);
  const flavor = flavorOf(args[1], context);
  return flavor === 'stats' ? Object.fromEntries([[name, jailStats(jail)]]) : jailStatus(jail, flavor);
};

/** `stats`: a table of all jails. */
export const stats: Verb = ({ plane }) => {
  const names = nameList(plane.jails.keys());
  return Object.fromEntries(names.map((name) => [name, jailStats(jailNamed(plane, name))]));
};
