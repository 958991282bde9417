import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import type { Failure } from '@sluice/pipeline';
import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import type { BanPolicyOptions } from '../options.ts';
import { attached, kindsOf } from '../testing/attached.ts';
import { failure } from '../testing/failure.ts';
import { FakeResolver } from '../testing/fake-resolver.ts';

const attacker = '203.0.113.66';
const ally = '198.51.100.7';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-ignore-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = (text: string): string => {
  files += 1;
  const name = path.join(folder, `list-${files}`);
  writeFileSync(name, text);
  return name;
};

/** Who of the ids is spared, and by which rule; the others are banned. */
async function spared(ids: readonly string[], options: BanPolicyOptions): Promise<Record<string, string>> {
  const { policy, notices } = attached({ maxRetry: 1, ...options });
  for (const [n, id] of ids.entries()) await policy.handle(failure(id, n));
  return Object.fromEntries(
    notices.flatMap((notice) => (notice.kind === 'ignored' ? [[notice.failure.id, notice.by]] : [])),
  );
}

const at = (nowMs: number): VirtualTimeScheduler => {
  const scheduler = new VirtualTimeScheduler();
  scheduler.frame = nowMs;
  return scheduler;
};

describe('host names in the ignore list', () => {
  test.each([true, false])(
    'spare the addresses that the resolver finds for them (answers late: %s)',
    async (isLate) => {
      const resolver = new FakeResolver({ 'office.example.com': [ally, '2001:db8::7'] }, isLate);
      expect(await spared([ally, '2001:db8::7', attacker], { resolver, ignore: ['office.example.com'] })).toEqual({
        [ally]: 'dns',
        '2001:db8::7': 'dns',
      });
    },
  );

  test('are looked up when somebody fails and no sooner, and not for whom another rule spares', async () => {
    const resolver = new FakeResolver({});
    const { policy } = attached({ resolver, ignoreSelf: false, ignore: ['office.example.com', ally] });
    void policy.handle(failure(ally, 1));
    expect(resolver.asked).toEqual([]);
    void policy.handle(failure(attacker, 1));
    expect(resolver.asked).toEqual(['office.example.com']);
  });

  test('keep sparing for a day when the name service fails, and no longer', async () => {
    const answers: Record<string, readonly string[]> = { 'office.example.com': [ally] };
    const { policy, events } = attached({
      maxRetry: 1,
      resolver: new FakeResolver(answers),
      ignore: ['office.example.com'],
    });
    await policy.handle(failure(ally, 0));
    delete answers['office.example.com'];
    await policy.handle(failure(ally, 86_399_999));
    expect(events).toEqual([]);
    await policy.handle(failure(ally, 86_400_000));
    expect(kindsOf(events)).toEqual([`ban ${ally}`]);
  });
});

describe('a resolver', () => {
  test('that finds no address for a name in the list is reported once, until it finds one', () => {
    const answers: Record<string, readonly string[]> = {};
    const { policy, rejects } = attached({
      ignoreSelf: false,
      resolver: new FakeResolver(answers),
      ignore: ['office.example.com'],
    });
    const fail = (): void => void policy.handle(failure(attacker, 1));
    for (let n = 0; n < 3; n += 1) fail();
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_NAME', value: 'office.example.com' }]);
    answers['office.example.com'] = [ally];
    fail();
    delete answers['office.example.com'];
    fail();
    expect(rejects).toHaveLength(2);
  });

  test.each<[string, () => Promise<never>]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s spares nobody and stops nothing', async (_, addressesOf) => {
    const resolver = { addressesOf, nameOf: () => undefined };
    const { policy, events } = attached({ maxRetry: 1, resolver, ignore: ['office.example.com'] });
    await policy.handle(failure(attacker, 1));
    expect(kindsOf(events)).toEqual([`ban ${attacker}`]);
  });
});

describe('ignoreself', () => {
  test("spares the addresses of this machine's own names, its full one too", async () => {
    const resolver = new FakeResolver(
      {
        [hostname()]: ['10.20.30.40'],
        '10.20.30.40': ['gate.example.org'],
        'gate.example.org': ['198.51.100.1'],
      },
      true,
    );
    expect(await spared(['10.20.30.40', '198.51.100.1', '127.0.0.1', attacker], { resolver })).toEqual({
      '10.20.30.40': 'self',
      '198.51.100.1': 'self',
      '127.0.0.1': 'self',
    });
  });

  test('comes before the list, as in fail2ban', async () => {
    expect(await spared(['127.0.0.1'], { ignore: ['127.0.0.0/8'] })).toEqual({ '127.0.0.1': 'self' });
  });
});

describe('a file: entry', () => {
  test('spares addresses, networks and names in it, and not what is a comment', async () => {
    const file = newFile(
      `# allies\n${ally}, 10.0.0.0/8 ; and more\n;192.0.2.77\nsession-1\t2001:db8::/32\noffice.example.com#x\n`,
    );
    const ids = [ally, '10.1.2.3', '2001:db8::9', 'session-1', '192.0.2.77', attacker];
    const rule = `file:${file}`;
    expect(await spared(ids, { ignore: [rule], resolver: new FakeResolver({}) })).toEqual({
      [ally]: rule,
      '10.1.2.3': rule,
      '2001:db8::9': rule,
      'session-1': rule,
    });
  });

  test('is read again when it was changed or replaced, looked at once a second at most', () => {
    const file = newFile(attacker);
    const { policy, events } = attached({ maxRetry: 1, ignore: [`file://${file}`] });
    void policy.handle(failure(attacker, 1000));
    writeFileSync(`${file}.new`, ally);
    renameSync(`${file}.new`, file);
    void policy.handle(failure(attacker, 1999));
    expect(events).toEqual([]);
    void policy.handle(failure(attacker, 2000));
    void policy.handle(failure(ally, 2000));
    expect(kindsOf(events)).toEqual([`ban ${attacker}`]);
  });

  test('that cannot be read any more keeps what it said, and that is reported once', () => {
    const file = newFile(ally);
    const { policy, events, rejects } = attached({ maxRetry: 1, ignore: [`file:${file}`] });
    void policy.handle(failure(ally, 1000));
    rmSync(file);
    for (const timeMs of [3000, 6000, 9000]) void policy.handle(failure(ally, timeMs));
    expect(events).toEqual([]);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_FILE', value: `file:${file}` }]);
    writeFileSync(file, '192.0.2.200');
    void policy.handle(failure(ally, 12_000));
    expect(kindsOf(events)).toEqual([`ban ${ally}`]);
  });

  test.each([
    ['a missing file', path.join(folder, 'none')],
    ['a folder', folder],
    ['a device', '/dev/zero'],
  ])('spares nobody where there is %s, and says so', async (_, file) => {
    const { policy, events, rejects } = attached({ maxRetry: 1, ignore: [`file:${file}`] });
    void policy.handle(failure(attacker, 1));
    expect(kindsOf(events)).toEqual([`ban ${attacker}`]);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_FILE' }]);
  });

  test('tells of entries that it cannot use and takes the others', () => {
    const file = newFile(`10.0.0.0/33 ${ally} 999.1.1.1`);
    const { policy, events, rejects } = attached({ maxRetry: 1, ignore: [`file:${file}`] });
    void policy.handle(failure(ally, 1));
    expect(events).toEqual([]);
    expect(rejects.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/: 2 entries .*: 10\.0\.0\.0\/33 999\.1\.1\.1$/),
    ]);
  });

  test('that is no absolute path is refused', () => {
    expect(() => attached({ ignore: ['file:allowed.txt'] })).toThrow(
      expect.objectContaining({ code: 'ERR_BAN_POLICY_IGNORE' }),
    );
  });
});

describe('an ignore command', () => {
  test('is asked about those whom no other rule spares, and spares whom it says', async () => {
    const asked: string[] = [];
    const ignoreCommand: BanPolicyOptions['ignoreCommand'] = (who) => {
      asked.push(who.id);
      return Promise.resolve(who.id === ally);
    };
    expect(await spared([ally, '10.0.0.1', attacker], { ignore: ['10.0.0.0/8'], ignoreCommand })).toEqual({
      [ally]: 'command',
      '10.0.0.1': 'ip',
    });
    expect(asked).toEqual([ally, attacker]);
  });

  test('that is slow lets nobody overtake: failures are decided in their order', async () => {
    const steps = fc.array(
      fc.record({ id: fc.constantFrom('203.0.113.1', '203.0.113.2', 'slow', 'slower', ally), turns: fc.nat(3) }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (given, maxRetry) => {
        const failures = given.map(({ id }, n) => failure(id, n));
        const wait = async (turns: number): Promise<boolean> => {
          for (let n = 0; n < turns; n += 1) await Promise.resolve();
          return false;
        };
        const turnsOf = new Map(failures.map((one, n) => [one.offset, given[n]?.turns ?? 0]));
        const command = (who: Partial<Failure>, isSlow: boolean): boolean | Promise<boolean> =>
          isSlow && who.id?.startsWith('slow') ? wait(turnsOf.get(who.offset ?? -1) ?? 0) : who.id === ally;
        const decided = async (isSlow: boolean) => {
          const { policy, events, notices } = attached({ maxRetry, ignoreCommand: (who) => command(who, isSlow) });
          const last = failures.map((one) => policy.handle(one)).at(-1);
          await last;
          return { events, notices };
        };
        expect(await decided(true)).toEqual(await decided(false));
      }),
      { numRuns: 200 },
    );
  });

  test.each<[string, NonNullable<BanPolicyOptions['ignoreCommand']>]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s spares nobody, and that is reported', async (_, ignoreCommand) => {
    const { policy, events, rejects } = attached({ maxRetry: 1, ignoreCommand });
    await policy.handle(failure(attacker, 1));
    expect(kindsOf(events)).toEqual([`ban ${attacker}`]);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_COMMAND' }]);
  });

  test('that hangs is waited for no longer than its time, and then spares nobody', async () => {
    const scheduler = at(0);
    const { policy, events, rejects } = attached({
      maxRetry: 1,
      scheduler,
      ignoreCommandTimeoutMs: 5000,
      ignoreCommand: () => new Promise(() => undefined),
    });
    const decided = policy.handle(failure(attacker, 1));
    scheduler.flush();
    await decided;
    expect([scheduler.now(), kindsOf(events)]).toEqual([5000, [`ban ${attacker}`]]);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_COMMAND' }]);
  });

  test('that holds up too many failures makes the policy drop the next ones, with a report', async () => {
    let answer: (isSpared: boolean) => void = () => undefined;
    const { policy, events, rejects } = attached({
      maxRetry: 1,
      maxWaiting: 2,
      ignoreCommand: ({ id }) =>
        id === attacker &&
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const first = policy.handle(failure(attacker, 1));
    const answers = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((id) => policy.handle(failure(id, 1)));
    expect(answers.map((one) => one !== undefined)).toEqual([true, true, false]);
    answer(false);
    await Promise.all([first, ...answers]);
    expect(kindsOf(events)).toEqual([`ban ${attacker}`, 'ban 203.0.113.1', 'ban 203.0.113.2']);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_WAITING', value: '203.0.113.3' }]);
  });
});

describe('an ignore cache', () => {
  const withCache = (more: Partial<NonNullable<BanPolicyOptions['ignoreCache']>> = {}) => {
    const asked: string[] = [];
    const parts = attached({
      maxRetry: 100,
      ignore: ['10.0.0.0/8'],
      ignoreCommand: ({ id }) => {
        asked.push(id);
        return id === ally;
      },
      ignoreCache: { key: ({ id }) => id, maxCount: 2, maxTimeMs: 1000, ...more },
    });
    return { ...parts, asked };
  };

  test('asks the command once about each key, for its time', () => {
    const { policy, asked, notices } = withCache();
    for (const timeMs of [0, 1, 999, 1000]) {
      void policy.handle(failure(ally, timeMs));
      void policy.handle(failure(attacker, timeMs));
    }
    expect(asked).toEqual([ally, attacker, ally, attacker]);
    expect(notices.flatMap((notice) => (notice.kind === 'ignored' ? [notice.by] : []))).toEqual([
      'command',
      'cache',
      'cache',
      'command',
    ]);
    expect(policy.status.totalFailed).toBe(4);
  });

  test('keeps what a network says, and asks the list about single addresses each time, as fail2ban does', () => {
    const { policy, notices } = withCache({ maxCount: 10 });
    policy.reconfigure({ ignore: ['10.0.0.0/8', ally], ignoreCache: { key: ({ id }) => id } });
    for (const timeMs of [0, 1]) for (const id of ['10.0.0.1', ally]) void policy.handle(failure(id, timeMs));
    expect(notices.map((notice) => notice.kind === 'ignored' && notice.by)).toEqual(['ip', 'ip', 'cache', 'ip']);
  });

  test('keeps so many verdicts and no more, the oldest giving way', () => {
    const { policy, asked } = withCache();
    for (const [n, id] of ['a', 'b', 'c', 'a', 'c'].entries()) void policy.handle(failure(id, n));
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  test('whose key fails is passed by, with a report', () => {
    const { policy, asked, rejects } = withCache({
      key: () => {
        throw new Error('no such tag');
      },
    });
    void policy.handle(failure(attacker, 1));
    expect([asked, rejects]).toMatchObject([[attacker], [{ code: 'ERR_BAN_POLICY_COMMAND' }]]);
  });
});
