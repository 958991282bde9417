import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { NameResolver } from '@sluice/pipeline';

/** A jail's counters, as `<jail.banned>` and the like name them. */
export interface JailCounts {
  readonly banned: number;
  readonly bannedTotal: number;
  readonly found: number;
  readonly foundTotal: number;
}

/** Failures and lines of past bans of one id, this one among them. */
export interface PastFailures {
  readonly failures: number;
  /** Oldest first. */
  readonly matches: readonly string[];
}

/** What is remembered of past bans: a `BanHistory` of ban-policy is one. */
export interface FailureHistory {
  failuresOf(id: string, where: 'jail' | 'overall'): PastFailures;
}

/** What is the same for all bans of an action. */
export interface Surroundings {
  readonly jail: string;
  /** `<sh-hostname>` */
  readonly hostName: string;
  /** `<fq-hostname>` */
  readonly qualifiedHostName: string;
  readonly counts: (() => JailCounts) | undefined;
  /** `<ipmatches>`, `<ipjailfailures>` and the like. */
  readonly history: FailureHistory | undefined;
  /** `<ip-host>` */
  readonly resolver: NameResolver | undefined;
}

/** The first dotted name that a hosts file has beside `name`; else `name`. */
export function qualify(name: string, hosts: string): string {
  if (name.includes('.')) return name;
  for (const line of hosts.split('\n')) {
    const [, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const dotted = names.find((other) => other.includes('.'));
    if (dotted !== undefined && names.includes(name)) return dotted;
  }
  return name;
}

function readHosts(): string {
  try {
    return readFileSync('/etc/hosts', 'utf8');
  } catch {
    return '';
  }
}

/** This machine's name, and the same with its domain as /etc/hosts has it: no resolver is asked. */
export function machineNames(): Pick<Surroundings, 'hostName' | 'qualifiedHostName'> {
  const hostName = hostname();
  return { hostName, qualifiedHostName: qualify(hostName, readHosts()) };
}
