import { compileFilter, FilterGroup } from '@sluice/fail2ban-filter';
import { measure } from '../../../../tools/bench/measure.mjs';

/** The filters of the last run: V8 forgets what it compiled for objects of which none is left, as no daemon's are. */
let last;

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
      last = filter;
    }, lines);

/** Runs a whole log through filters that are made for this run, as jails of one log. */
export const runGroup =
  (configs) =>
  ({ chunks, lines, hits }) =>
    measure(() => {
      const group = new FilterGroup(configs.map((config) => compileFilter(config)));
      let failures = 0;
      for (const chunk of chunks)
        group.process(chunk, () => {
          failures += 1;
        });
      if (failures < hits) throw new Error(`${failures} failures in a log with at least ${hits}`);
      last = group;
    }, lines);
