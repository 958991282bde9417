import { compileFilter, FilterGroup } from '@sluice/fail2ban-filter';
import { measure } from '../../../../tools/bench/measure.mjs';

/** V8 forgets what it compiled for kinds of objects of which none is left; a daemon's filters are always there. */
const lastRun = { filters: undefined };

/**
 * Runs a whole log through a filter that is made for this run, as fail2ban-regex does.
 *
 * @param config of fail2ban-config
 * @param options of `compileFilter`
 */
export const runFilter =
  (config, options = {}) =>
  ({ chunks, lines, hits }) =>
    measure(() => {
      const filter = compileFilter(config, options);
      let failures = 0;
      for (const chunk of chunks)
        filter.process(chunk, () => {
          failures += 1;
        });
      if (failures < hits) throw new Error(`${failures} failures in a log with at least ${hits}`);
      lastRun.filters = filter;
    }, lines);

/** Runs a whole log through filters that have read its first chunk, as the jails of a daemon. */
export const runGroup =
  (configs) =>
  ({ chunks, lines, hits }) => {
    const group = new FilterGroup(configs.map((config) => compileFilter(config)));
    group.process(chunks[0], () => {});
    return measure(() => {
      let failures = 0;
      for (const chunk of chunks)
        group.process(chunk, () => {
          failures += 1;
        });
      if (failures < hits) throw new Error(`${failures} failures in a log with at least ${hits}`);
    }, lines);
  };
