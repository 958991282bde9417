import { readFileSync, writeFileSync } from 'node:fs';
import PostalMime, { type Email } from 'postal-mime';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { eximScene, needsExim } from '../../../../tools/testing/exim/exim-scene.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { BanOutcome } from '../ban-backend.ts';
import { dryRun } from '../dry-run.ts';
import { alreadyBanned, ban, prolonged, unban } from '../testing/events.ts';
import { banMail } from './ban-mail.ts';
import type { MailOptions } from './mail-options.ts';

const codes = (outcomes: readonly BanOutcome[]) => outcomes.map(({ ok, error }) => (ok ? 'ok' : error?.code));
const evil = 'x\r\nBcc: victim@example.net\n\n.\nDATA\u001b[2J\u202e';

describe('banMail', () => {
  const folder = tempFolder();
  let nowMs: number;
  beforeEach(() => {
    nowMs = Date.UTC(2026, 0, 2);
  });

  /** A sendmail that keeps what it gets, a message after the other. */
  const sendmail = (then = ''): string[] => {
    writeFileSync(
      folder('sendmail'),
      `#!/bin/sh\n${then}\nprintf '%s\\n' "$@" >> '${folder('args')}'; cat >> '${folder('mails')}'; printf '\\0' >> '${folder('mails')}'\n`,
      { mode: 0o755 },
    );
    return [folder('sendmail'), '-i'];
  };
  const open = ({ command = sendmail(), ...more }: Partial<MailOptions> = {}) =>
    banMail({
      ...{ to: ['root', 'admin@example.net'], hostName: 'web1', command, clock: { nowMs: () => nowMs } },
      ...more,
    });
  const texts = (): string[] => readFileSync(folder('mails'), 'latin1').split('\0').slice(0, -1);
  const mails = (): Promise<Email[]> => Promise.all(texts().map((text) => PostalMime.parse(text)));

  test('one ban is a mail that says who, where and until when', async () => {
    const times = { timeMs: Date.UTC(2026, 0, 2, 3, 4, 5), endMs: Date.UTC(2026, 0, 2, 3, 14, 5) };
    await open({ from: 'ban@web1.test' }).apply([ban('203.0.113.7', 600_000, times)]);
    const [mail] = await mails();
    expect(mail?.subject).toBe('[web1] sshd: ban of 203.0.113.7');
    expect(texts()[0]).toMatch(/^To: <root>, admin@example\.net$/m);
    expect(mail?.from?.address).toBe('ban@web1.test');
    expect(mail?.text).toBe(
      '2026-01-02 03:04:05 UTC  [sshd] 203.0.113.7: banned until 2026-01-02 03:14:05 UTC, 3 failures, ban number 1\n',
    );
    expect(mail?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
    expect(readFileSync(folder('args'), 'utf8').split('\n')).toEqual([
      '-i',
      '-f',
      'ban@web1.test',
      '--',
      'root',
      'admin@example.net',
      '',
    ]);
  });

  test('a batch is one mail with a sum for each jail', async () => {
    const events = [ban('203.0.113.7'), ban('203.0.113.8'), ban('203.0.113.9', 1000, { jail: 'wéb' })];
    expect(codes(await open().apply(events))).toEqual(['ok', 'ok', 'ok']);
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('[web1] 3 events: sshd (2), wéb (1)');
    expect(mail?.text).toContain('3 events on web1:\n  sshd: 2\n  wéb: 1\n');
  });

  test('tells every kind that is asked for, and bans alone by default', async () => {
    const events = [unban('203.0.113.7'), prolonged('203.0.113.8', 1000), alreadyBanned('203.0.113.9', 1000)];
    await open().apply([...events, ban('203.0.113.6', 1, { restored: true })]);
    await expect(() => texts()).toThrow('ENOENT');
    await open({ events: ['unban', 'prolonged', 'already-banned'] }).apply(events);
    const [mail] = await mails();
    expect(mail?.text).toContain('203.0.113.7: let in again (expired)');
    expect(mail?.text).toContain('203.0.113.8: ban lasts longer, until ');
    expect(mail?.text).toContain('203.0.113.9: failed again while banned until ');
  });

  test('what a stranger wrote becomes no header, no recipient and no order to a terminal', async () => {
    const event = ban(evil, Number.POSITIVE_INFINITY, { jail: evil, matches: [evil], endMs: Number.POSITIVE_INFINITY });
    await open({ includeLines: true }).apply([event]);
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail?.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(mail?.subject).toContain('Bcc: victim@example.net');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(`${mail?.subject}${mail?.text}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(mail?.text).toContain('banned for ever');
    expect(readFileSync(folder('args'), 'utf8')).not.toContain('victim');
  });

  test('matched lines are told only where that is asked for, and no line is too long for mail', async () => {
    const event = ban('203.0.113.7', 1000, { matches: ['password hunter2', `ü${'x'.repeat(5000)}`] });
    await open().apply([event]);
    await open({ includeLines: true }).apply([event]);
    const [shy, full] = await mails();
    expect(shy?.text).not.toContain('hunter2');
    expect(full?.text).toContain('\n    password hunter2\n    üxxx');
    for (const line of texts().join('\n').split('\n')) expect(line.length).toBeLessThanOrEqual(998);
  });

  test('beyond so many an hour, events wait for the next mail, and none is forgotten', async () => {
    const mail = open({ maxMailsPerHour: 2, maxEventsPerMail: 3 });
    for (let n = 0; n < 8; n += 1) expect(codes(await mail.apply([ban(`203.0.113.${n}`)]))).toEqual(['ok']);
    expect(texts()).toHaveLength(2);
    nowMs += 3_600_000;
    await mail.apply([ban('203.0.113.99')]);
    const third = (await mails())[2];
    expect(third?.subject).toBe('[web1] 7 events: sshd (7)');
    expect(third?.text).toContain('203.0.113.2: banned');
    expect(third?.text).toContain('and 4 more, which are not listed');
  });

  test('what waits is mailed when the backend stops', async () => {
    const mail = open({ maxMailsPerHour: 1 });
    await mail.apply([ban('203.0.113.7')]);
    await mail.apply([ban('203.0.113.8')]);
    await mail.stop();
    expect((await mails())[1]?.text).toContain('203.0.113.8: banned');
    await mail.stop();
    expect(texts()).toHaveLength(2);
  });

  test('a mail that is refused fails its events, and they are told in the next one', async () => {
    const mail = open({ command: sendmail(`[ -e ${folder('works')} ] || { echo no >&2; exit 75; }`) });
    const [outcome] = await mail.apply([ban('203.0.113.7')]);
    expect(outcome?.error).toMatchObject({
      code: 'ERR_BAN_ACTION_FAILED',
      message: 'mail ended with exit code 75: "no"',
    });
    writeFileSync(folder('works'), '');
    expect(codes(await mail.apply([ban('203.0.113.8')]))).toEqual(['ok']);
    expect((await mails())[0]?.text).toMatch(/203\.0\.113\.7: banned[\s\S]*203\.0\.113\.8: banned/);
  });

  test('a sendmail that is missing, or hangs, is said', async () => {
    expect(codes(await open({ command: ['/nonexistent/sendmail'] }).apply([ban('203.0.113.7')]))).toEqual([
      'ERR_BAN_ACTION_MISSING',
    ]);
    const hangs = open({ command: ['sh', '-c', 'sleep 60'], timeoutMs: 50 });
    expect(codes(await hangs.apply([ban('203.0.113.7')]))).toEqual(['ERR_BAN_ACTION_TIMEOUT']);
  });

  test('a dry run shows the mail and sends none', async () => {
    const lines: string[] = [];
    const mail = dryRun(open(), { write: (line) => lines.push(line) });
    await mail.start();
    await mail.apply([ban('203.0.113.7')]);
    await mail.stop();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^printf %s .*Subject: \[web1\] sshd: ban of 203\.0\.113\.7.* \| .*-i -- root admin@example\.net$/,
    );
    expect(() => texts()).toThrow('ENOENT');
  });

  test.each([
    [{ to: [] }, 'to: expected a list'],
    [{ to: ['-oQ/tmp'] }, 'to[0]: expected a plain mail address'],
    [{ to: ['a@b\nBcc: c@d'] }, 'to[0]: expected a plain mail address'],
    [{ from: '|sh' }, 'from: expected a plain mail address'],
    [{ maxMailsPerHour: 0 }, 'maxMailsPerHour: expected an integer from 1'],
    [{ command: [] }, 'command: expected a program'],
  ])('refuses %j', (more, message) => {
    expect(() => banMail({ to: ['root'], ...(more as object) })).toThrow(message);
  });
});

describeWith(needsExim, 'banMail with a real sendmail', () => {
  test('the message arrives in the queue as it was written', async () => {
    const scene = await eximScene({ release: '4.96' });
    const mail = banMail({
      to: ['admin@later.test'],
      from: 'ban@web1.test',
      hostName: 'web1',
      command: [...scene.argv, '-odq', '-i'],
      includeLines: true,
    });
    const outcomes = await mail.apply([ban('203.0.113.7', 1000, { matches: ['.', 'From here', 'Täst'] })]);
    expect(codes(outcomes)).toEqual(['ok']);
    const [, id = ''] = /(\S+) <= ban@web1\.test/.exec(scene.log()) ?? [];
    const { stdout } = await scene.run(['-Mvc', id]);
    const received = await PostalMime.parse(stdout);
    expect(received.subject).toBe('[web1] sshd: ban of 203.0.113.7');
    expect(received.text).toContain('\n    .\n    From here\n    Täst\n');
  });
});
