import { mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { newFolder } from '../../../tools/testing/new-folder.ts';
import { until } from '../../../tools/testing/until.ts';
import { eximq, startEximq } from './testing/eximq.ts';
import { here } from './testing/here.ts';

const id = '1xVJLa-000000005ms-1ML7';

describe('a wrong command line', () => {
  test.each<[string[], RegExp]>([
    [[], /there is no command; see eximq --help/],
    [['lst'], /unknown command 'lst'/],
    [['--queue', 'x'], /^eximq: there is no command; see eximq --help\n$/],
    [['list', '--sendr', 'x'], /unknown option '--sendr' \(did you mean --sender\?\)/],
    [['list', '--exim', '--json'], /--exim, --json and --ids are three ways to print the same/],
    [['list', '--columns', 'id,colour'], /--columns must be some of id, queue,/],
    [['list', 'nonsense'], /"nonsense" is no message id; an id looks like/],
    [['list', '--sender', '/(/', '--demo'], /sender.*regex/],
    [['show'], /missing required argument 'id'/],
    [['show', id, '--headers', '--json'], /--headers does not go with --json/],
    [['rm'], /there are no messages to act on; give ids, options that choose messages, or --all/],
    [['freeze', '--all', '--bounce'], /--all does not go with ids or other conditions/],
    [['move', id], /there is no queue to move to; give --to QUEUE/],
    [['set-sender', id], /there is no sender; give --address/],
    [['mark-delivered', id, '--address', 'a@x.test', '--all-recipients'], /not clear which recipients/],
    [['add-rcpt', id], /there is no recipient to add/],
    [['alert'], /there is no rule; give --max-queue/],
    [['alert', '--max-growth', '5/10m'], /--max-growth has nothing to compare with; give --state FILE/],
    [['alert', '--max-queue', '5,3'], /--max-queue must be a number as 100, or two as 100,500, not "5,3"/],
    [['metrics', '--listen', 'nowhere'], /--listen must be an address and a port/],
    [['metrics', '--listen', '9', '--textfile', 'x'], /--listen does not go with --textfile/],
    [['watch', '--mainlog', 'x', '--skip-mainlog'], /--mainlog does not go with --skip-mainlog/],
    [['list', '--demo', '--spool', '/x'], /--demo brings its own queue/],
  ])('is refused in one line with its cure, exit 2: %p', async (args, message) => {
    const { status, out, errors } = await here(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(errors).toMatch(message);
    expect(errors.trimEnd().split('\n')).toHaveLength(1);
  });

  test('ends a Nagios plugin with 3, which is unknown', () => {
    expect(eximq(['alert', '--nagios', '--max-nosuch', '1']).status).toBe(3);
  });
});

describe('a spool that is not there', () => {
  test.each([
    ['list'],
    ['count'],
    ['summary'],
    ['metrics'],
    ['doctor'],
    ['watch'],
    ['show', id],
    ['rm', '--frozen', '-n'],
  ])('is a failure, not an empty queue: %s %s', async (...args) => {
    const { status, errors, out } = await here([...args.filter((arg) => arg !== undefined), '--spool', '/nosuch']);
    expect(status).toBe(args[0] === 'doctor' ? 1 : 2);
    expect(errors + out).toMatch(/no spool at \/nosuch/);
  });

  test('is UNKNOWN to Nagios, on standard output', () => {
    const { status, out } = eximq(['alert', '--nagios', '--max-queue', '1', '--spool', '/nosuch']);
    expect({ status, out }).toEqual({
      status: 3,
      out: expect.stringMatching(/^EXIMQ UNKNOWN - .*no spool at \/nosuch/),
    });
  });
});

describe('the exit status', () => {
  const empty = (): string => {
    const spool = newFolder();
    mkdirSync(`${spool}/input`);
    return spool;
  };

  test('is 1 when no message is found, and 0 for a count of none', () => {
    const spool = empty();
    expect(eximq(['list', '--spool', spool])).toEqual({ status: 1, out: '', errors: '' });
    expect(eximq(['count', '--spool', spool])).toEqual({ status: 0, out: '0\n', errors: '' });
    expect(eximq(['summary', '--spool', spool])).toEqual({ status: 1, out: '', errors: '' });
    expect(eximq(['rm', '--frozen', '-n', '--spool', spool])).toMatchObject({ status: 1, errors: 'would remove 0\n' });
  });

  test('is 1 for a message that is not there, which is told', () => {
    const { status, out, errors } = eximq(['show', id, '--spool', empty()]);
    expect({ status, out, errors }).toEqual({
      status: 1,
      out: '',
      errors: `eximq: there is no message ${id} in the queue\n`,
    });
  });
});

describe('the output', () => {
  test('may lose its reader, which is no error', async () => {
    const { child, ended } = startEximq(['list', '--json', '--demo']);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ status: 0, errors: '' });
  });

  test('of help, version and completion goes to standard output', () => {
    expect(eximq(['--help']).out).toContain('Examples:');
    expect(eximq(['--version'])).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(eximq(['completion', 'bash']).out).toContain('complete -o default -F _eximq eximq');
  });

  test('-q hides notes, not what went wrong', () => {
    expect(eximq(['rm', '--all', '--no-aside', '--demo', '-q']).errors).toBe('');
    expect(eximq(['show', id, '--demo', '-q']).errors).toMatch(/there is no message/);
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it while it waits for ids', async (signal) => {
  const { child, ended, errors } = startEximq(['rm', '-', '--demo']);
  child.stdin?.write('nonsense\n');
  await until(() => errors().includes('no message id'));
  child.kill(signal);
  expect((await ended).status).toBe(2);
});

describe('--demo', () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('eximq-demo-'));

  test('shows an example queue and leaves nothing behind', () => {
    const before = left();
    const { status, out } = eximq(['list', '--demo']);
    expect(status).toBe(0);
    expect(out.split('\n').length).toBeGreaterThan(40);
    expect(out).toContain("o'brien@example.org");
    expect(left()).toEqual(before);
  });

  test('is the same queue for an hour, so that an id of one call can be shown by the next', () => {
    const hour = () => Math.floor(Date.now() / 3_600_000);
    let begun: number;
    let shown: ReturnType<typeof eximq>;
    do {
      begun = hour();
      const [first = ''] = eximq(['list', '--ids', '--demo']).out.split('\n');
      shown = eximq(['show', first, '--demo']);
    } while (hour() !== begun);
    expect(shown).toMatchObject({ status: 0, out: expect.stringMatching(/^Message +\w/) });
  });

  test('changes nothing: actions say what they would do', () => {
    const { status, out, errors } = eximq(['rm', '--all', '--no-aside', '--demo']);
    expect(status).toBe(0);
    expect(out).toMatch(/^(would remove [\w-]+\n)+$/);
    expect(errors).toMatch(/^would remove \d+\n$/);
  });

  test('has damaged messages, of which a filter cannot tell: they are named, and the exit status is 1', () => {
    const { status, errors } = eximq(['list', '--frozen', '--demo']);
    expect(status).toBe(1);
    expect(errors).toMatch(/^(eximq: .*-H: (-H is damaged in its envelope|there is no -D)\n)+$/);
  });

  test('leaves nothing behind when it is stopped', async () => {
    const before = left();
    const { child, ended, out } = startEximq(['watch', '--demo']);
    await until(() => out().includes('"ready"'));
    expect(left()).toHaveLength(before.length + 1);
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
    expect(left()).toEqual(before);
  });
});
