import { accessSync, constants, readlinkSync } from 'node:fs';
import { reasonOf } from '@sluice/command-line';
import type { Check } from './check.ts';

/** Number that Linux gives the namespace of processes that all others are in. */
const firstNamespace = 'pid:[4026531836]';

function isInContainer(): boolean {
  try {
    return readlinkSync('/proc/self/ns/pid') !== firstNamespace;
  } catch {
    return false;
  }
}

/** Whether it can be seen which messages are being delivered. */
export function lockCheck(): Check {
  const what = 'locks';
  try {
    accessSync('/proc/locks', constants.R_OK);
  } catch (error) {
    const text = `/proc/locks: ${reasonOf(error)}; which messages are being delivered cannot be seen`;
    return { level: 'warn', what, text, cure: 'use Linux, with /proc mounted' };
  }
  if (!isInContainer()) return { level: 'ok', what, text: 'which messages are being delivered can be seen' };
  const text = 'this is a container: deliveries by processes outside of it cannot be seen';
  return { level: 'warn', what, text, cure: "share the host's process namespace, or run where Exim runs" };
}
