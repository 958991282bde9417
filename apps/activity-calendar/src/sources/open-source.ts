import type { Activity } from '@sluice/pipeline';
import type { SourceSpec } from '../config/source-spec.ts';
import { cacheFolder } from './cache-folder.ts';
import type { SourceOptions } from './source-options.ts';

/**
 * Opens a source as batches of activities. Nothing is opened before it is iterated. What the iteration throws is the
 * reader's own error.
 */
export async function* openSource(
  spec: SourceSpec,
  options: SourceOptions,
): AsyncGenerator<readonly Activity[], void, undefined> {
  const { kind, location, branch } = spec;
  if (kind === 'maildir') {
    yield* (await import('./maildir-activities.ts')).maildirActivities(spec, options);
  } else if (kind === 'activities') {
    yield* (await import('./ndjson-activities.ts')).ndjsonActivities(spec, options);
  } else {
    const { gitBatches, hgBatches, svnBatches } = await import('@sluice/vcs-events/batches');
    const { commitActivities } = await import('./commit-activities.ts');
    yield* commitActivities(spec, options, (readOptions) => {
      if (kind === 'svn') return svnBatches(location, readOptions);
      if (kind === 'hg') return hgBatches(location, readOptions);
      const ofBranch = branch === undefined ? {} : { branch };
      return gitBatches(location, { ...readOptions, ...ofBranch, cacheDirectory: cacheFolder() });
    });
  }
}
