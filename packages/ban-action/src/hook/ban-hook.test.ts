import { readFileSync, writeFileSync } from 'node:fs';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { BanActionError } from '../ban-action-error.ts';
import type { BanBackend, BanOutcome } from '../ban-backend.ts';
import { dryRun } from '../dry-run.ts';
import { ban, prolonged, unban } from '../testing/events.ts';
import { banHook } from './ban-hook.ts';
import type { HookOptions } from './hook-options.ts';

const codes = (outcomes: readonly BanOutcome[]) => outcomes.map(({ ok, error }) => (ok ? 'ok' : error?.code));

describeWith([program('python3', 'python3')], 'banHook with real programs', () => {
  const folder = tempFolder();
  const script = (text: string): string[] => {
    const path = folder('hook.py');
    writeFileSync(path, `import json, os, sys, time\nseen = ${JSON.stringify(folder('seen'))}\n${text}`);
    return ['python3', path];
  };
  const seen = (): Record<string, unknown>[] =>
    readFileSync(folder('seen'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const using = async <T>(backend: BanBackend, work: () => Promise<T>): Promise<T> => {
    await backend.start();
    try {
      return await work();
    } finally {
      await backend.stop();
    }
  };
  const keep = `with open(seen, 'a') as out:\n    out.write(sys.stdin.read())\n`;

  describe('once for each batch', () => {
    test('the program reads a record a line, and one run takes a whole batch', async () => {
      const hook = banHook({ command: script(`${keep}open(seen + '.runs', 'a').write('x')\n`) });
      const endMs = Number.POSITIVE_INFINITY;
      const events = [
        ban('203.0.113.7', 600_000, { timeMs: 1000, endMs: 601_000 }),
        ban('2001:db8::1', endMs, { endMs }),
        prolonged('203.0.113.7', 900_000),
        unban('203.0.113.8', { jail: 'web "x"\n' }),
        ban('some-user'),
      ];
      const outcomes = await using(hook, () => hook.apply(events));
      expect(codes(outcomes)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
      const records = seen();
      expect(records[0]).toEqual({
        seq: 1,
        version: 1,
        kind: 'ban',
        jail: 'sshd',
        id: '203.0.113.7',
        address: '203.0.113.7',
        family: 4,
        timeMs: 1000,
        endMs: 601_000,
        banTimeMs: 600_000,
        failures: 3,
        count: 1,
        restored: false,
      });
      expect(records[1]).toMatchObject({ family: 6, endMs: null, banTimeMs: null });
      expect(records[2]).toMatchObject({ kind: 'prolonged', banTimeMs: 900_000 });
      expect(records[3]).toMatchObject({ kind: 'unban', jail: 'web "x"\n', reason: 'expired', endMs: null });
      expect(records[4]).toMatchObject({ id: 'some-user', address: null, family: null });
      expect(readFileSync(`${folder('seen')}.runs`, 'utf8')).toBe('x');
    });

    test('matched lines go only where they were asked for', async () => {
      const event = ban('203.0.113.7', 1000, { matches: ['password hunter2 failed'] });
      const shy = banHook({ command: script(keep) });
      await using(shy, () => shy.apply([event]));
      expect(readFileSync(folder('seen'), 'utf8')).not.toContain('hunter2');
      const open = banHook({ command: script(keep), includeLines: true });
      await using(open, () => open.apply([event]));
      expect(seen()[1]).toMatchObject({ matches: ['password hunter2 failed'] });
    });

    test('an exit code fails all but those that the program says went well', async () => {
      const hook = banHook({ command: script(`print('{"seq": 2}'); sys.exit('no route')`) });
      const outcomes = await hook.apply([ban('203.0.113.7'), ban('203.0.113.8')]);
      expect(codes(outcomes)).toEqual(['ERR_BAN_ACTION_FAILED', 'ok']);
      expect(outcomes[0]?.error?.message).toBe('hook ended with exit code 1: "no route"');
    });

    test("an answer fails its event alone, and other output is nobody's answer", async () => {
      const hook = banHook({
        command: script(`print('hello'); print('{}'); print('{"seq": 99, "ok": false}'); print('{"seq": 1, "ok": "no"}')
print('{"seq": 2, "ok": false, "error": "list is full"}')`),
      });
      const outcomes = await hook.apply([ban('203.0.113.7'), ban('203.0.113.8')]);
      expect(codes(outcomes)).toEqual(['ok', 'ERR_BAN_ACTION_FAILED']);
      expect(outcomes[1]?.error?.message).toContain('list is full');
    });

    test('a program that hangs is ended, and one that is not there says so', async () => {
      const slow = banHook({ command: ['sleep', '60'], timeoutMs: 50 });
      expect(codes(await slow.apply([ban('203.0.113.7')]))).toEqual(['ERR_BAN_ACTION_TIMEOUT']);
      const missing = banHook({ command: ['/nonexistent/hook'] });
      expect(codes(await missing.apply([ban('203.0.113.7')]))).toEqual(['ERR_BAN_ACTION_MISSING']);
    });

    test('an abort ends the program', async () => {
      const abort = new AbortController();
      const applied = banHook({ command: ['sleep', '60'] }).apply([ban('203.0.113.7')], abort.signal);
      abort.abort();
      expect(codes(await applied)).toEqual(['ERR_BAN_ACTION_ABORTED']);
    });

    test('takes 10,000 events in one run', async () => {
      const hook = banHook({ command: script(keep) });
      const events = Array.from({ length: 10_000 }, (_, n) => ban(`10.0.${n >> 8}.${n & 255}`));
      expect((await hook.apply(events)).every(({ ok }) => ok)).toBe(true);
      expect(seen()).toHaveLength(10_000);
    });
  });

  describe('as a stream', () => {
    const loop = (body: string): string =>
      `for line in sys.stdin:\n    event = json.loads(line)\n    open(seen, 'a').write(line)\n    ${body}\n`;
    const answer = `print(json.dumps({'seq': event['seq'], 'ok': event['id'] != '203.0.113.9'}), flush=True)`;
    const open = (body: string, more: Partial<HookOptions> = {}): BanBackend =>
      banHook({ command: script(loop(body)), mode: 'stream', restartPauseMs: 0, ...more });

    test('one process answers every event of every batch', async () => {
      const hook = open(`open(seen + '.pid', 'w').write(str(os.getpid())); ${answer}`);
      const outcomes = await using(hook, async () => {
        const first = await hook.apply([ban('203.0.113.7'), ban('203.0.113.9')]);
        const pid = readFileSync(`${folder('seen')}.pid`, 'utf8');
        const second = await hook.apply([unban('203.0.113.7')]);
        expect(readFileSync(`${folder('seen')}.pid`, 'utf8')).toBe(pid);
        return [...first, ...second];
      });
      expect(codes(outcomes)).toEqual(['ok', 'ERR_BAN_ACTION_FAILED', 'ok']);
      expect(seen().map(({ seq }) => seq)).toEqual([1, 2, 3]);
    });

    test('one that dies is started again and told once more what it had not answered', async () => {
      const once = `mark = seen + '.died'
    if event['id'] == '203.0.113.8' and not os.path.exists(mark):
        open(mark, 'w').close(); os._exit(3)
    ${answer}`;
      const hook = open(once);
      const outcomes = await using(hook, () =>
        hook.apply([ban('203.0.113.7'), ban('203.0.113.8'), ban('203.0.113.6')]),
      );
      expect(codes(outcomes)).toEqual(['ok', 'ok', 'ok']);
      expect(seen().map(({ id }) => id)).toEqual(['203.0.113.7', '203.0.113.8', '203.0.113.8', '203.0.113.6']);
    });

    test('one that dies at the same events again fails them and is there for the next ones', async () => {
      const hook = open(`if event['id'] == '203.0.113.8': sys.exit('cannot')\n    ${answer}`);
      const outcomes = await using(hook, async () => [
        ...(await hook.apply([ban('203.0.113.8')])),
        ...(await hook.apply([ban('203.0.113.7')])),
      ]);
      expect(codes(outcomes)).toEqual(['ERR_BAN_ACTION_FAILED', 'ok']);
      expect(outcomes[0]?.error?.message).toBe('hook ended with exit code 1: "cannot", before it had answered');
    });

    test("silence is a timeout, and a late answer is never taken for another event's", async () => {
      const hook = open(`time.sleep(60 if event['id'] == '203.0.113.8' else 0)\n    ${answer}`, { timeoutMs: 1500 });
      const outcomes = await using(hook, async () => [
        ...(await hook.apply([ban('203.0.113.8')])),
        ...(await hook.apply([ban('203.0.113.9')])),
      ]);
      expect(codes(outcomes)).toEqual(['ERR_BAN_ACTION_TIMEOUT', 'ERR_BAN_ACTION_FAILED']);
    });

    test('a program that is not there fails the start', async () => {
      const hook = banHook({ command: ['/nonexistent/hook'], mode: 'stream' });
      await expect(hook.start()).rejects.toMatchObject({ code: 'ERR_BAN_ACTION_MISSING' });
    });

    test('stopping lets it end by itself', async () => {
      const hook = banHook({
        command: script(`${loop(answer)}open(seen, 'a').write('{"id":"end"}')\n`),
        mode: 'stream',
      });
      await using(hook, () => hook.apply([ban('203.0.113.7')]));
      expect(seen().map(({ id }) => id)).toEqual(['203.0.113.7', 'end']);
    });
  });
});

describe('banHook', () => {
  test('a dry run shows what would be fed to the program and runs nothing', async () => {
    const lines: string[] = [];
    const hook = dryRun(banHook({ command: ['/nonexistent/hook', "it's"] }), { write: (line) => lines.push(line) });
    await hook.start();
    const [outcome] = await hook.apply([unban('203.0.113.7', { timeMs: 5 })]);
    expect(outcome).toMatchObject({ ok: true, dryRun: true });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^printf %s \$?'.*203\.0\.113\.7.* \| \/nonexistent\/hook '.*'$/);
  });

  test('restored bans are told unless that is not wanted, and unwanted kinds are well without it', async () => {
    const hook = banHook({ command: ['false'], restored: false, events: ['ban'] });
    const outcomes = await hook.apply([ban('203.0.113.7', 1000, { restored: true }), unban('203.0.113.7')]);
    expect(codes(outcomes)).toEqual(['ok', 'ok']);
    expect(codes(await banHook({ command: ['false'] }).apply([ban('203.0.113.7', 1000, { restored: true })]))).toEqual([
      'ERR_BAN_ACTION_FAILED',
    ]);
  });

  test.each([
    [{ command: [] }, 'command: expected a program and its arguments'],
    [{ command: 'rm -rf /' }, 'command: expected a program and its arguments'],
    [{ command: ['x'], mode: 'both' }, 'mode: expected batch or stream'],
    [{ command: ['x'], timeoutMs: 0 }, 'timeoutMs: expected an integer from 1'],
    [{ command: ['x'], events: ['bans'] }, 'events: expected some of ban,'],
    [{ command: ['x'], events: [] }, 'events: expected a list of kinds'],
  ])('refuses %j', (options, message) => {
    expect(() => banHook(options as unknown as HookOptions)).toThrow(BanActionError);
    expect(() => banHook(options as unknown as HookOptions)).toThrow(message);
  });
});
