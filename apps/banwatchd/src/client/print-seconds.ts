import { isFloatDuration, parseDuration } from '@sluice/fail2ban-config';
import type { ClientIo } from './client-io.ts';

/** `--str2sec`: a time in seconds, with a point where Python would have one. @returns whether it is a time */
export function printSeconds(text: string, { stdout }: ClientIo): boolean {
  try {
    const seconds = parseDuration(text);
    stdout(`${isFloatDuration(text) && Number.isInteger(seconds) ? `${seconds}.0` : seconds}\n`);
    return true;
  } catch (error) {
    stdout(`ERROR: ${(error as Error).message}\n`);
    return false;
  }
}
