import type { JailConfig } from '@sluice/fail2ban-config';
import { type FollowOptions, followFiles, Glob } from '@sluice/log-source';
import type { Chunk } from '@sluice/pipeline';
import { connectable, filter, merge, type Observable, Subject, Subscription } from 'rxjs';

type From = JailConfig['logPaths'][number]['from'];

/** The logs of several jails: each file is read once and handed to every jail that watches it. */
export interface LogWatch {
  /** The chunks of one jail's logs. Subscribe before {@link connect}. */
  of(jail: JailConfig): Observable<Chunk>;
  /** Begins to read. Unsubscribing, or the options' signal, ends all. */
  connect(): Subscription;
}

/** @param options for the files; `start` comes from the jails' `head` or `tail` */
export function watchLogs(jails: readonly JailConfig[], options: Omit<FollowOptions, 'start'>): LogWatch {
  const globsOf = (of: readonly JailConfig[], from: From): readonly string[] => [
    ...new Set(of.flatMap((jail) => jail.logPaths.filter((path) => path.from === from).map((path) => path.glob))),
  ];
  const sources = (['head', 'tail'] as const).flatMap((from) => {
    const globs = globsOf(jails, from);
    if (globs.length === 0) return [];
    const chunks = followFiles(globs, { ...options, start: from === 'head' ? 'beginning' : 'end' });
    return [{ from, chunks: connectable(chunks, { connector: () => new Subject(), resetOnDisconnect: false }) }];
  });
  return {
    of: (jail) =>
      merge(
        ...sources.map(({ from, chunks }) => {
          const globs = globsOf([jail], from).map((glob) => new Glob(glob, options.root));
          return chunks.pipe(filter((chunk) => globs.some((glob) => glob.matches(chunk.source.path))));
        }),
      ),
    connect() {
      const reading = new Subscription();
      for (const { chunks } of sources) reading.add(chunks.connect());
      return reading;
    },
  };
}
