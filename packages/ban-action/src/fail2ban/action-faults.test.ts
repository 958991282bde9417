import type { CommandRunner } from '../commands/command-runner.ts';
import { alreadyBanned, ban, unban } from '../testing/events.ts';
import type { FailedCommand } from './options.ts';
import { backendOf, onePart } from './testing/action-of.ts';
import { failing, RecordingRunner } from './testing/recording-runner.ts';

describe('a command that fails', () => {
  it('is run once more when the check finds nothing wrong', async () => {
    const runner = failing({ 'ban 192.0.2.1': [1] });
    const [outcome] = await backendOf(onePart, runner).apply([ban('192.0.2.1')]);
    expect(outcome?.ok).toBe(true);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'check', 'ban 192.0.2.1']);
  });

  it('is an error when it fails twice, and the next ban goes on', async () => {
    const runner = failing({ 'ban 192.0.2.1': [1, 2] });
    const [first, second] = await backendOf(onePart, runner).apply([ban('192.0.2.1'), ban('192.0.2.2')]);
    expect(first).toMatchObject({ ok: false, error: { code: 'ERR_BAN_ACTION_FAILED', value: 1 } });
    expect(first?.error?.message).toContain('actionban of test in jail sshd ended with exit code 1');
    expect(second?.ok).toBe(true);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'check', 'ban 192.0.2.1', 'ban 192.0.2.2']);
  });

  it('is run once more after stop and start when the check fails too', async () => {
    const runner = failing({ 'ban 192.0.2.1': [1], check: [1], stop: [1] });
    const [outcome] = await backendOf(onePart, runner).apply([ban('192.0.2.1')]);
    expect(outcome?.ok).toBe(true);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'check', 'stop', 'start', 'check', 'ban 192.0.2.1']);
  });

  it('is run once more after actionrepair, where there is one', async () => {
    const runner = failing({ 'ban 192.0.2.1': [1], check: [1] });
    const [outcome] = await backendOf(`${onePart}actionrepair = repair\n`, runner).apply([ban('192.0.2.1')]);
    expect(outcome?.ok).toBe(true);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'check', 'repair', 'check', 'ban 192.0.2.1']);
  });

  it('is an error when the check fails after the repair', async () => {
    const runner = failing({ 'ban 192.0.2.1': [1], check: [1, 2] });
    const [outcome] = await backendOf(onePart, runner).apply([ban('192.0.2.1')]);
    expect(outcome?.error?.message).toContain('actioncheck of test');
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'check', 'stop', 'start', 'check']);
  });

  it('has the action started anew at the next ban when the repair failed', async () => {
    const runner = failing({ 'ban 192.0.2.1': [1], check: [1], start: [2] });
    const outcomes = await backendOf(onePart, runner).apply([ban('192.0.2.1'), ban('192.0.2.2')]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([false, true]);
    expect(outcomes[0]?.error?.message).toContain('actionstart of test');
    expect(runner.take().slice(2)).toEqual(['check', 'stop', 'start', 'start', 'ban 192.0.2.2']);
  });

  it('is not repaired before an unban', async () => {
    const runner = failing({ 'unban 192.0.2.1': [1], check: [1] });
    const [, outcome] = await backendOf(onePart, runner).apply([ban('192.0.2.1'), unban('192.0.2.1')]);
    expect(outcome?.error?.message).toContain('actionunban of test');
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'unban 192.0.2.1', 'check']);
  });

  it('is repaired before an unban with actionrepair_on_unban', async () => {
    const runner = failing({ 'unban 192.0.2.1': [1], check: [1] });
    const text = `${onePart}actionrepair_on_unban = true\n`;
    const [, outcome] = await backendOf(text, runner).apply([ban('192.0.2.1'), unban('192.0.2.1')]);
    expect(outcome?.ok).toBe(true);
    expect(runner.take().slice(2)).toEqual(['unban 192.0.2.1', 'check', 'stop', 'start', 'check', 'unban 192.0.2.1']);
  });

  it.each([
    [
      { exitCode: undefined, timedOut: true },
      'ERR_BAN_ACTION_TIMEOUT',
      /ran longer than 60 s and was ended; .*`timeout`/,
    ],
    [{ exitCode: 127, stderr: 'sh: 1: ipset: not found' }, 'ERR_BAN_ACTION_FAILED', /ipset: not found"; install /],
    [{ exitCode: 126 }, 'ERR_BAN_ACTION_FAILED', /exit code 126; make the program .* executable/],
    [{ exitCode: undefined, signal: 'SIGSEGV' }, 'ERR_BAN_ACTION_FAILED', /was ended by SIGSEGV/],
    [{ exitCode: 1, stderr: 'a\u001b[2J\u0085b' }, 'ERR_BAN_ACTION_FAILED', /"a\\u001b\[2J\ufffdb"/],
  ])('names what happened: %j', async (answer, code, message) => {
    const runner = new RecordingRunner((script) => (script === 'start' ? undefined : answer));
    const [outcome] = await backendOf('[Definition]\nactionstart = start\nactionban = ban\n', runner).apply([
      ban('192.0.2.1'),
    ]);
    expect(outcome?.error).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('says that there is no shell, once and without a second try', async () => {
    let runs = 0;
    const runner: CommandRunner = {
      run: async () => {
        runs += 1;
        throw Object.assign(new Error('spawn sh ENOENT'), { code: 'ENOENT' });
      },
    };
    const [outcome] = await backendOf('[Definition]\nactionban = ban\n', runner).apply([ban('192.0.2.1')]);
    expect(outcome?.error).toMatchObject({ code: 'ERR_BAN_ACTION_MISSING' });
    expect(runs).toBe(1);
  });
});

describe('a banned one that goes on', () => {
  const prolonging = `${onePart}actionprolong = prolong <ip> <bantime>\n`;
  const soon = alreadyBanned('192.0.2.1', 3_600_000);
  const later = { ...soon, bannedAtMs: soon.timeMs - 10_000, extended: false };

  it('gets actionprolong when its ban lasts longer now', async () => {
    const runner = new RecordingRunner();
    await backendOf(prolonging, runner).apply([ban('192.0.2.1'), soon]);
    expect(runner.take().at(-1)).toBe('prolong 192.0.2.1 3600');
  });

  it('gets nothing when the ban lasts no longer, or the action cannot prolong', async () => {
    const runner = new RecordingRunner();
    await backendOf(prolonging, runner).apply([ban('192.0.2.1'), { ...soon, extended: false }]);
    const [, outcome] = await backendOf(onePart, runner).apply([ban('192.0.2.1'), soon]);
    expect(outcome?.ok).toBe(true);
    expect(runner.take()).toEqual(['start', 'ban 192.0.2.1', 'start', 'ban 192.0.2.1']);
  });

  it('is banned again when the check shows that the ban is gone', async () => {
    const runner = failing({ check: [1] });
    const [, outcome] = await backendOf(`${onePart}actionreban = reban <ip>\n`, runner).apply([
      ban('192.0.2.1'),
      later,
    ]);
    expect(outcome?.ok).toBe(true);
    expect(runner.take().slice(2)).toEqual(['check', 'stop', 'start', 'check', 'reban 192.0.2.1']);
  });

  it('is banned again when another ban has shown so', async () => {
    const runner = failing({ 'ban 192.0.2.2': [1], check: [1] });
    const backend = backendOf(onePart, runner);
    await backend.apply([ban('192.0.2.1'), ban('192.0.2.2')]);
    runner.take();
    await backend.apply([soon, soon, alreadyBanned('192.0.2.2', 1000)]);
    expect(runner.take()).toEqual(['ban 192.0.2.1']);
  });

  it('has the action checked at most every three seconds', async () => {
    const runner = new RecordingRunner();
    let nowMs = 1_000_000;
    const backend = backendOf(onePart, runner, { clock: { nowMs: () => nowMs } });
    await backend.apply([ban('192.0.2.1'), later, later]);
    nowMs += 3000;
    await backend.apply([later]);
    expect(runner.take().slice(2)).toEqual(['check', 'check']);
  });
});

it('tells of each command that did not end well, in the order they ran', async () => {
  const told: string[] = [];
  const runner = failing({ 'ban 192.0.2.1': [1, 2], check: [1] });
  const onFailed = ({ operation, command, result }: FailedCommand) =>
    told.push(`${operation} ${command.script} ${result.exitCode}`);
  await backendOf(onePart, runner, { onFailed }).apply([ban('192.0.2.1')]);
  expect(told).toEqual(['actionban ban 192.0.2.1 1', 'actioncheck check 1', 'actionban ban 192.0.2.1 1']);
});
