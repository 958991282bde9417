import { ChildFailure } from './child-failure.ts';
import { type Command, readChild } from './read-child.ts';

const node = (script: string, extra: Partial<Command> = {}): Command => ({
  ...extra,
  program: process.execPath,
  args: ['-e', script],
});

async function textOf(command: Command, signal?: AbortSignal): Promise<string> {
  let text = '';
  for await (const chunk of readChild(command, signal)) text += chunk.toString();
  return text;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('readChild', () => {
  test('hands out everything, also what comes in small pieces and after a pause', async () => {
    const script = `let n = 0; const more = () => { process.stdout.write(String(n).padStart(1000)); if (++n < 300) setImmediate(more); }; more();`;
    const text = await textOf(node(script));
    expect(text.length).toBe(300_000);
    expect(text.slice(-3)).toBe('299');
  });

  test('arguments reach the program as they are, the input as it is', async () => {
    const script = `process.stdin.pipe(process.stdout); process.stdout.write(process.argv[1] + '|')`;
    const command = { ...node(script, { input: 'in\nput' }) };
    expect(await textOf({ ...command, args: [...command.args, '$(id); `id` "*'] })).toBe('$(id); `id` "*|in\nput');
  });

  test('an exit code is an error with the last words, after all output', async () => {
    const chunks: string[] = [];
    const reading = (async () => {
      for await (const chunk of readChild(node(`console.log('out'); console.error('why'); process.exitCode = 3`))) {
        chunks.push(chunk.toString());
      }
    })();
    await expect(reading).rejects.toMatchObject({
      name: 'ChildFailure',
      exitCode: 3,
      exitSignal: null,
      stderr: 'why\n',
    });
    expect(chunks.join('')).toBe('out\n');
  });

  test('a signal is an error', async () => {
    await expect(textOf(node(`process.kill(process.pid, 'SIGKILL')`))).rejects.toMatchObject({
      exitCode: null,
      exitSignal: 'SIGKILL',
    });
  });

  test('of a long complaint the end is kept', async () => {
    const error = await textOf(node(`console.error('x'.repeat(1e5) + 'end'); process.exitCode = 1`)).catch((e) => e);
    expect(error).toBeInstanceOf(ChildFailure);
    expect(error.stderr.length).toBe(8192);
    expect(error.stderr).toMatch(/end\n$/);
  });

  test('a complaint of one that ends well is told too', async () => {
    let told = '';
    const onWarnings = (text: string): void => {
      told = text;
    };
    await textOf(node(`console.error('careful')`, { onWarnings }));
    expect(told).toBe('careful\n');
  });

  test('a program that is not there is the error of the system', async () => {
    await expect(textOf({ program: 'no-such-program', args: [] })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a variable can be added and taken away', async () => {
    const script = `console.log(process.env.SLUICE_A, process.env.SLUICE_B)`;
    process.env['SLUICE_B'] = 'inherited';
    expect(await textOf(node(script, { env: { SLUICE_A: '1', SLUICE_B: undefined } }))).toBe('1 undefined\n');
    delete process.env['SLUICE_B'];
  });

  const endless = `process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000)`;

  test('return() ends a child, also one that will not hear of it', async () => {
    let pid = 0;
    for await (const chunk of readChild(node(endless))) {
      pid = Number(chunk.toString());
      expect(isAlive(pid)).toBe(true);
      break;
    }
    expect(isAlive(pid)).toBe(false);
  });

  test('an abort ends it quietly', async () => {
    const abort = new AbortController();
    let pid = 0;
    for await (const chunk of readChild(node(`console.log(process.pid); setInterval(() => {}, 1000)`), abort.signal)) {
      pid = Number(chunk.toString());
      abort.abort();
    }
    expect(pid).toBeGreaterThan(0);
    expect(isAlive(pid)).toBe(false);
  });

  test('an abort ends one that will not hear of it, and nothing comes after it', async () => {
    const abort = new AbortController();
    const chunks: string[] = [];
    for await (const chunk of readChild(node(endless), abort.signal)) {
      chunks.push(chunk.toString());
      abort.abort();
    }
    expect(chunks).toHaveLength(1);
    expect(isAlive(Number(chunks[0]))).toBe(false);
  });

  test('one that was aborted before starts nothing', async () => {
    expect(await textOf({ program: 'no-such-program', args: [] }, AbortSignal.abort())).toBe('');
  });

  test('a slow consumer makes the child wait', async () => {
    const script = `let sent = 0; const more = () => { while (process.stdout.write(Buffer.alloc(65536))) sent += 1; process.stderr.write(++sent + '\\n'); process.stdout.once('drain', more) }; more();`;
    const reading = readChild(node(script))[Symbol.asyncIterator]();
    await reading.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = process.memoryUsage().arrayBuffers;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20);
    await reading.return?.(undefined);
  });
});
