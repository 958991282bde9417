import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describeWith, program, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { openDaemonLog } from './daemon-log.ts';
import { ProgramWriter } from './program-writer.ts';

const temp = tempFolder();

describe('ProgramWriter', () => {
  const told: string[] = [];
  const troubles = {
    broken: (reason: string) => told.push(reason),
    mended: (lost: number) => told.push(`mended, ${lost} lost`),
  };
  beforeEach(() => {
    told.length = 0;
  });
  const linesOf = (name: string): string[] =>
    existsSync(temp(name)) ? readFileSync(temp(name), 'utf8').split('\n').slice(0, -1) : [];

  test('gives each line, with its priority, to the program of its name', async () => {
    const options = {
      keyOf: (name: string) => name,
      argvOf: (name: string) => ['sh', '-c', 'cat >> "$1"', 'sh', temp(name)],
      prefixOf: (level: string) => `<${level}>`,
      maxPrograms: 2,
    };
    const writer = new ProgramWriter(options, troubles);
    writer.write('one', 'INFO', 'a');
    writer.write('two', 'ERROR', 'b');
    writer.write('three', 'INFO', 'one name too many');
    await writer.close();
    expect([linesOf('a'), linesOf('b'), told]).toEqual([['<INFO>one', '<INFO>three'], ['<ERROR>two'], []]);
  });

  test('starts a program anew that has ended, and says how many lines were lost', async () => {
    const argv = ['sh', '-c', 'read -r line && echo "$line" >> "$1"', 'sh', temp('out')];
    const writer = new ProgramWriter({ argvOf: () => argv, prefixOf: () => '' }, troubles);
    writer.write('first', 'INFO', '');
    await until(() => linesOf('out').length === 1);
    await until(() => {
      writer.write('again', 'INFO', '');
      return linesOf('out').length === 2;
    });
    expect(linesOf('out')).toEqual(['first', 'again']);
    await writer.close();
  });

  test('a program that is not there is told once, with the cure, and ends nothing', async () => {
    const writer = new ProgramWriter({ argvOf: () => ['/nosuch/logger'], prefixOf: () => '' }, troubles);
    for (let at = 0; at < 10; at += 1) writer.write('line', 'INFO', '');
    await until(() => told.length > 0);
    for (let at = 0; at < 10; at += 1) writer.write('line', 'INFO', '');
    expect(told).toEqual([expect.stringMatching(/\/nosuch\/logger.*install it/)]);
    await writer.close();
  });

  test('how many lines a program was too slow for is said when it reads again', async () => {
    const argv = ['sh', '-c', 'read -r go < "$1"; cat > "$2"', 'sh', temp('go'), temp('late')];
    execFileSync('mkfifo', [temp('go')]);
    const writer = new ProgramWriter({ argvOf: () => argv, prefixOf: () => '' }, troubles);
    for (let at = 0; at < 1000; at += 1) writer.write('x'.repeat(10_000), 'INFO', '');
    expect(told).toEqual([]);
    writeFileSync(temp('go'), 'go\n');
    await until(() => {
      writer.write('again', 'INFO', '');
      return linesOf('late').includes('again');
    });
    await writer.close();
    expect(told).toEqual([expect.stringMatching(/^mended, 9\d\d+ lost$/)]);
  });

  test('a program that does not read is not waited for, and costs bounded memory', async () => {
    const writer = new ProgramWriter({ argvOf: () => ['sleep', '60'], prefixOf: () => '' }, troubles);
    for (let at = 0; at < 1000; at += 1) writer.write('x'.repeat(10_000), 'INFO', '');
    await writer.close();
  });
});

describeWith([program('logger', 'bsdutils'), pythonModule('socket', 'python3')], 'the log to syslog', () => {
  let listener: ChildProcess;
  const received: string[] = [];

  beforeEach(async () => {
    received.length = 0;
    const script = fileURLToPath(new URL('../testing/datagram-listener.py', import.meta.url));
    listener = spawn('/usr/bin/python3', [script, temp('dev-log')], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: listener.stdout as NodeJS.ReadableStream }).on('line', (line) => received.push(line));
    await until(() => received.length > 0);
  });
  afterEach(() => {
    listener.kill('SIGKILL');
  });

  test('names logger and process, has the facility and the severity, and neither time nor padding of its own', async () => {
    const log = openDaemonLog({ target: 'SYSLOG[facility=local1]', syslogSocket: temp('dev-log'), pid: process.pid });
    log.log('fail2ban.actions').notice('[sshd] Ban 192.0.2.1');
    log.log('fail2ban.filter').error('<14>odd\n<0>forged');
    log.log('fail2ban.filter').debug('not this one');
    await log.close();
    await until(() => received.length >= 3);
    const messages = received.slice(1).map((line) => JSON.parse(line) as string);
    const [local1, notice, error] = [17, 5, 3];
    const head = (name: string, severity: number): RegExp =>
      new RegExp(
        `^<${local1 * 8 + severity}>\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d (?:\\S+ )?${name}\\[${process.pid}\\]: `,
      );
    const one = messages.find((message) => message.includes('actions')) ?? '';
    const two = messages.find((message) => message.includes('filter')) ?? '';
    expect(one).toMatch(head('fail2ban.actions', notice));
    expect(two).toMatch(head('fail2ban.filter', error));
    expect(one.replace(head('fail2ban.actions', notice), '').replace(/\0$/, '')).toBe('NOTICE [sshd] Ban 192.0.2.1');
    expect(two.replace(head('fail2ban.filter', error), '').replace(/\0$/, '')).toBe('ERROR <14>odd\\x0a<0>forged');
    expect(messages).toHaveLength(2);
  });

  test('moves to another socket when it is set, and stays with the old one when that is not there', async () => {
    const log = openDaemonLog({ target: 'SYSLOG', syslogSocket: temp('dev-log'), pid: process.pid });
    await expect(log.setSyslogSocket(temp('nosuch'))).rejects.toMatchObject({ code: 'ERR_BANWATCHD_LOG_TARGET' });
    log.log('fail2ban.jail').info('still here');
    await log.close();
    await until(() => received.some((line) => line.includes('still here')));
  });

  test('without a socket there, says so and what to do', () => {
    expect(() => openDaemonLog({ target: 'SYSLOG', syslogSocket: temp('nosuch') })).toThrow(
      expect.objectContaining({
        code: 'ERR_BANWATCHD_LOG_TARGET',
        message: expect.stringMatching(/nosuch.*syslogsocket/),
      }),
    );
  });
});
