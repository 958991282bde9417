import type { JailConfig } from '@sluice/fail2ban-config';
import { parseLogEncoding } from '@sluice/fail2ban-filter';
import { badValue } from '../control-fault.ts';
import type { ShownChange } from './jail-setter.ts';
import { ownPlace } from './own-place.ts';

function fromOf(word: string | undefined): 'head' | 'tail' {
  const from = word?.toLowerCase() ?? 'head';
  if (from === 'head' || from === 'tail') return from;
  throw badValue("File option must be 'head' or 'tail'");
}

/** Options that say which logs are watched, and how they are read. A log that is not there yet is watched for. */
export const logChanges: Readonly<Record<string, ShownChange>> = {
  addlogpath: {
    shows: 'logpath',
    change({ logPaths }, [glob = '', word, ...more]) {
      if (more.length > 0) throw badValue('Only one file can be added at a time');
      const path = { glob, from: fromOf(word), place: ownPlace('addlogpath') };
      return logPaths.some((one) => one.glob === glob) ? {} : { logPaths: [...logPaths, path] };
    },
  },
  dellogpath: {
    shows: 'logpath',
    change: ({ logPaths }, [glob = '']) => ({ logPaths: logPaths.filter((one) => one.glob !== glob) }),
  },
  logencoding: {
    change(_, [value = '']) {
      if (!isEncoding(value)) throw badValue(`unknown encoding: ${value}`);
      return { logEncoding: value };
    },
  },
  logtimezone: {
    change: (_, [value = '']) => ({ logTimezone: value === '' ? undefined : value }) as Partial<JailConfig>,
  },
  addjournalmatch: {
    shows: 'journalmatch',
    change: ({ journalMatch }, values) => ({ journalMatch: [...journalMatch, values.join(' ')] }),
  },
  deljournalmatch: {
    shows: 'journalmatch',
    change: ({ journalMatch }, values) => ({ journalMatch: journalMatch.filter((one) => one !== values.join(' ')) }),
  },
};

function isEncoding(name: string): boolean {
  try {
    parseLogEncoding(name);
    return true;
  } catch {
    return false;
  }
}
