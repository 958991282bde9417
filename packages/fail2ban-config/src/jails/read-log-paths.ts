import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Value } from '../values/value.ts';
import type { LogPath } from './jail-config.ts';

/** Reads `logpath`: one `GLOB`, `GLOB head` or `GLOB tail` a line. */
export function readLogPaths(value: Value): readonly LogPath[] {
  const lines = value.filter((line) => line.text.trim() !== '');
  return lines.map(({ text, place }) => {
    const line = text.trim();
    const space = line.lastIndexOf(' ');
    const from = space === -1 ? 'head' : line.slice(space + 1).toLowerCase();
    if (from === 'head' || from === 'tail')
      return Object.freeze({ glob: space === -1 ? line : line.slice(0, space).trimEnd(), from, place });
    const fault = `logpath ${quote(line)} ends neither in head nor in tail`;
    const cure = 'write one path a line, and ? for a blank in it';
    throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_OPTION', fault, cure);
  });
}
