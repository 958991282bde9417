import { Scene } from './testing/scene.ts';

let scene: Scene;
beforeAll(() => {
  scene = new Scene();
  scene.write(
    'auth.log',
    'x\nFailed password for root from 192.0.2.7 port 22\nInvalid user bob from 198.51.100.9\r\nnothing\n',
  );
  scene.write('odd.log', Buffer.from('\xe2\x82\xac \xff user "b\\\tb" \n', 'latin1'));
});
afterAll(() => scene[Symbol.dispose]());

const patterns = ['-e', 'for (?P<user>\\S+) from (?P<ip>\\S+)', '-e', 'user (?P<user>\\w+)( from (?P<ip>\\S+))?'];
const objects = (out: string): unknown[] =>
  Buffer.from(out, 'latin1')
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('--json', () => {
  test('prints one object a match: place, pattern, line, groups and where they are', () => {
    const { status, out } = scene.logmatch(['--json', '-n', ...patterns, 'auth.log']);
    expect(status).toBe(0);
    expect(objects(out)).toEqual([
      {
        path: 'auth.log',
        offset: 2,
        lineNumber: 2,
        pattern: 0,
        line: 'Failed password for root from 192.0.2.7 port 22',
        groups: { user: 'root', ip: '192.0.2.7' },
        span: [16, 39],
        spans: { user: [20, 24], ip: [30, 39] },
      },
      {
        path: 'auth.log',
        offset: 50,
        lineNumber: 3,
        pattern: 1,
        line: 'Invalid user bob from 198.51.100.9',
        groups: { 2: ' from 198.51.100.9', user: 'bob', ip: '198.51.100.9' },
        span: [8, 34],
        spans: { 2: [16, 34], user: [13, 16], ip: [22, 34] },
      },
    ]);
  });

  test('counts spans in bytes, and gives the bytes of what is no UTF-8', () => {
    const [record] = objects(scene.logmatch(['--json', 'user (?P<user>.*)$', 'odd.log']).out) as {
      line: string;
      base64: string;
      span: [number, number];
      groups: Record<string, string>;
    }[];
    expect(record).toMatchObject({ line: '€ \ufffd user "b\\\tb" ', groups: { user: '"b\\\tb" ' }, span: [6, 18] });
    const bytes = Buffer.from(record?.base64 ?? '', 'base64');
    expect(bytes.toString('latin1')).toBe('\xe2\x82\xac \xff user "b\\\tb" ');
    expect(bytes.subarray(...(record?.span ?? [])).toString()).toBe('user "b\\\tb" ');
  });

  test('--all prints one object for each pattern that matches a line, and -m counts lines', () => {
    const { out } = scene.logmatch(['--json', '--all', '-m1', '-e', 'for', '-e', 'from', '-e', 'user', 'auth.log']);
    expect(objects(out)).toMatchObject([
      { offset: 2, pattern: 0 },
      { offset: 2, pattern: 1 },
    ]);
  });

  test('-c prints one object a file', () => {
    const { out } = scene.logmatch(['--json', '-c', 'from', 'auth.log', 'odd.log']);
    expect(objects(out)).toEqual([
      { path: 'auth.log', count: 2 },
      { path: 'odd.log', count: 0 },
    ]);
  });
});

describe('--format', () => {
  test.each<[string, string]>([
    [
      '{path}:{offset}:{number}:{pattern} {ip} {user}',
      'auth.log:2:2:0 192.0.2.7 root\nauth.log:50:3:1 198.51.100.9 bob\n',
    ],
    ['{match}\\t{2}|', 'for root from 192.0.2.7\t192.0.2.7|\nuser bob from 198.51.100.9\t from 198.51.100.9|\n'],
    ['{3}', '\n198.51.100.9\n'],
    ['{{{user}}}\\n\\\\-', '{root}\n\\-\n{bob}\n\\-\n'],
    ['{line}', 'Failed password for root from 192.0.2.7 port 22\nInvalid user bob from 198.51.100.9\n'],
  ])('%s', (template, out) => {
    expect(scene.logmatch(['--format', template, ...patterns, 'auth.log'])).toEqual({ status: 0, out, errors: '' });
  });
});
