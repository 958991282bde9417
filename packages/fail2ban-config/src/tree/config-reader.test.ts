import { memoryFiles } from '../memory-files.ts';
import { textOf } from '../values/value.ts';
import { ConfigReader } from './config-reader.ts';
import { MAX_INCLUDES } from './include-order.ts';

const read = (files: Record<string, string>, name = 'jail') => new ConfigReader(memoryFiles(files), '/f').tree(name);

describe('ConfigReader', () => {
  test('reads NAME.conf, NAME.d/*.conf, NAME.local and NAME.d/*.local in this order, sorted by name', () => {
    const names = ['jail.d/b.local', 'jail.d/b.conf', 'jail.local', 'jail.d/a.conf', 'jail.conf', 'jail.d/B.conf'];
    const others = ['jail.d/.hidden.conf', 'jail.d/x.conf.bak', 'jail.d/sub/x.conf', 'jails.conf'];
    const tree = read(Object.fromEntries([...names, ...others].map((name) => [`/f/${name}`, `[s]\nx = ${name}\n`])));
    expect(tree?.files).toEqual([
      '/f/jail.conf',
      '/f/jail.d/B.conf',
      '/f/jail.d/a.conf',
      '/f/jail.d/b.conf',
      '/f/jail.local',
      '/f/jail.d/b.local',
    ]);
    expect(textOf(tree?.sections.get('s')?.options.get('x') ?? [])).toBe('jail.d/b.local');
    expect(tree?.sections.get('s')?.place).toEqual({ file: '/f/jail.d/b.local', line: 1 });
  });

  test('has no tree where there is no file', () => {
    expect(read({})).toBeUndefined();
    expect(read({ '/f/jail.local': '' })?.files).toEqual(['/f/jail.local']);
  });

  test('reads what a file includes before and after it, relative to its own folder, and skips what is not there', () => {
    const tree = read(
      {
        '/f/filter.d/x.conf':
          '[INCLUDES]\nbefore = a.conf\n  nope.conf\n  ../b.conf\nafter = ./%(last)s\nlast = c.conf\n',
        '/f/filter.d/a.conf': '[INCLUDES]\nbefore = /g/d.conf\n',
        '/f/filter.d/../b.conf': '',
        '/f/filter.d/c.conf': '',
        '/g/d.conf': '',
      },
      'filter.d/x',
    );
    expect(tree?.files).toEqual([
      '/g/d.conf',
      '/f/filter.d/a.conf',
      '/f/filter.d/../b.conf',
      '/f/filter.d/x.conf',
      '/f/filter.d/c.conf',
    ]);
    expect(tree?.faults).toEqual([]);
  });

  test('reads the .local twin of an included file behind it, once', () => {
    const tree = read({
      '/f/jail.conf': '[INCLUDES]\nbefore = paths.conf\n',
      '/f/jail.local': '',
      '/f/paths.conf': '[INCLUDES]\nafter = paths.local\n',
      '/f/paths.local': '',
    });
    expect(tree?.files).toEqual(['/f/paths.conf', '/f/paths.local', '/f/paths.local', '/f/jail.conf', '/f/jail.local']);
    expect(read({ '/f/jail.conf': '[INCLUDES]\nbefore = p.conf\n', '/f/p.local': '' })?.files).toEqual([
      '/f/p.local',
      '/f/jail.conf',
    ]);
  });

  test('goes no further where includes lead back', () => {
    const tree = read({
      '/f/jail.conf': '[INCLUDES]\nbefore = a.conf\n',
      '/f/a.conf': '[INCLUDES]\nbefore = jail.conf\n  a.conf\n  .//a.conf\n',
      '/f/a.local': '[INCLUDES]\nbefore = a.conf\n',
    });
    expect(new Set(tree?.files)).toEqual(new Set(['/f/a.conf', '/f/a.local', '/f/jail.conf']));
    expect(tree?.faults).toEqual([]);
  });

  test('bounds includes in depth and number, names the place, and keeps the rest', () => {
    const deep = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [`/f/v${level}.conf`, `[INCLUDES]\nbefore = v${level + 1}.conf\n`]),
    );
    const tree = read({ '/f/jail.conf': '[INCLUDES]\nbefore = v0.conf\n[s]\nx = 1\n', ...deep });
    expect(tree?.faults.map(({ error }) => error.message)).toEqual([
      '/f/v19.conf:2: includes go over 20 levels with "/f/v20.conf"; include fewer files, each by one path',
    ]);
    expect(tree?.sections.has('s')).toBe(true);

    const wide = Object.fromEntries(
      Array.from({ length: 15 }, (_, level) => {
        const twice = `v${level + 1}.conf\n  ../f/v${level + 1}.conf`;
        return [`/f/v${level}.conf`, `[INCLUDES]\nbefore = ${twice}\n`];
      }),
    );
    const files = { ...wide, '/f/v15.conf': '', '/f/jail.conf': '[INCLUDES]\nbefore = v0.conf\n' };
    const everywhere = memoryFiles(files);
    const reader = new ConfigReader(
      { ...everywhere, read: (path) => everywhere.read(path.replace(/\/f\/(\.\.\/f\/)+/g, '/f/')) },
      '/f',
    );
    const bounded = reader.tree('jail');
    expect(bounded?.files.length).toBeLessThanOrEqual(MAX_INCLUDES);
    expect(bounded?.faults.map(({ error }) => error.code)).toEqual(['ERR_FAIL2BAN_CONFIG_INCLUDE']);
  });

  test('stores the options of a conditional section under their condition', () => {
    const tree = read({ '/f/jail.conf': '[Init]\nx = 4\n[Init?family=inet6]\nx = 6\n[a-b?c]\nx = 1\n' });
    expect([...(tree?.sections.get('Init')?.options.keys() ?? [])]).toEqual(['x', 'x?family=inet6']);
    expect([...(tree?.sections.keys() ?? [])]).toEqual(['Init', 'a-b?c']);
  });

  test('reads and parses a file that many include once', () => {
    const reads: string[] = [];
    const files = memoryFiles({
      '/f/filter.d/a.conf': '[INCLUDES]\nbefore = c.conf\n',
      '/f/filter.d/b.conf': '[INCLUDES]\nbefore = c.conf\n',
      '/f/filter.d/c.conf': '',
    });
    const counting = { ...files, read: (path: string) => files.read(reads[reads.push(path) - 1] as string) };
    const reader = new ConfigReader(counting, '/f');
    reader.tree('filter.d/a');
    reader.tree('filter.d/b');
    reader.tree('filter.d/a');
    expect(reads.filter((path) => path === '/f/filter.d/c.conf')).toHaveLength(1);
  });
});
