import { loadConfig, loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { compileFilter, parseDatePattern } from '@sluice/fail2ban-filter';
import { PatternSet } from '@sluice/log-matcher';
import { filterSpec, ownCases } from '../testing/own-cases.ts';
import { defaultsDir } from './defaults-dir.ts';

const config = loadConfig(defaultsDir());
const jails = new Map(config.jails.map((jail) => [jail.name, jail]));

/** All filters with all options that their cases try. */
const specs = new Set([...ownCases().values()].flat().map(filterSpec));
const filters = [...specs].map((spec) => loadFilterConfig(spec, { configDir: defaultsDir() }));

describe('the configuration that comes with banwatchd', () => {
  test('loads without a word', () => {
    expect(config.problems).toEqual([]);
    expect(config.warnings).toEqual([]);
  });

  test('has a filter of its own name, with cases, for every jail', () => {
    expect([...jails.keys()].toSorted()).toEqual([...ownCases().keys()].toSorted());
    for (const { name, filter } of config.jails) expect(filter?.name).toBe(name);
  });

  test('bans five failures in ten minutes for ten minutes and for longer each time, never this machine, nor a name', () => {
    expect(jails.get('sshd')).toMatchObject({
      maxRetry: 5,
      findTimeMs: 600_000,
      banTimeMs: 600_000,
      increment: { maxTimeMs: 4 * 7 * 86_400_000 },
      ignoreIp: ['127.0.0.0/8', '::1'],
      ignoreSelf: true,
    });
    for (const jail of config.jails)
      expect(jail).toMatchObject({ ignoreSelf: true, useDns: 'no', skipIfNoLogs: true, enabled: true });
  });

  test('looks for logs where Debian and where Red Hat put them', () => {
    const globs = (name: string) => jails.get(name)?.logPaths.map(({ glob }) => glob);
    expect(globs('sshd')).toEqual(['/var/log/auth.log', '/var/log/secure']);
    expect(globs('apache-auth')).toEqual(['/var/log/apache2/*error.log', '/var/log/httpd/*error_log']);
    expect(globs('exim')).toEqual(['/var/log/exim4/mainlog', '/var/log/exim/main.log']);
    expect(globs('recidive')).toEqual([config.server.logtarget]);
  });
});

describe('every regular expression of the filters that come with banwatchd', () => {
  test('takes linear time, whatever the line', () => {
    for (const filter of filters) {
      const { prefRegex, failRegex, ignoreRegex } = compileFilter(filter, { useDns: 'no' }).expanded;
      const all = [...(prefRegex === undefined ? [] : [prefRegex]), ...failRegex, ...ignoreRegex];
      const engines = PatternSet.compile(all).patterns.map(({ engine }) => engine);
      expect([filter.name, engines]).toEqual([filter.name, all.map(() => 'dfa')]);
    }
  });

  test('is bound to both ends of the line, and takes addresses, never names', () => {
    const regexes = filters.flatMap(({ failRegex }) => failRegex.map(({ value }) => value));
    expect(regexes.length).toBeGreaterThan(30);
    for (const regex of regexes) {
      expect(regex).toMatch(/^\^.*\$$/);
      expect(regex).not.toMatch(/<(?:HOST|F-ID|DNS|F-DNS)\b/);
      expect(regex.split('<ADDR>')).toHaveLength(2);
    }
  });

  test('has one stretch of free text at most before the address', () => {
    for (const { failRegex } of filters)
      for (const { value } of failRegex) {
        const before = value.slice(0, value.indexOf('<ADDR>'));
        const runs = before.match(/\.[*+]/g)?.length ?? 0;
        if (runs > 1) throw new Error(`${runs} stretches of free text in ${value}`);
      }
  });

  test('has a date pattern of its own, so that no date is looked for all over the line', () => {
    for (const { name, datePattern } of filters) {
      expect([name, datePattern?.value]).toEqual([name, expect.stringMatching(/^\^|^\{\^LN-BEG\}$/)]);
      expect(parseDatePattern(datePattern?.value ?? '').length).toBeGreaterThan(0);
    }
  });
});
