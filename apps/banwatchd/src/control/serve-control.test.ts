import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { killChildren, startChild } from '../../../../tools/testing/child.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { fakePlane } from '../testing/fake-plane.ts';
import type { Answer } from './message.ts';
import { type ControlServer, type ServeControlOptions, serveControl } from './serve-control.ts';

const temp = tempFolder();
const servers: ControlServer[] = [];
const peers: Peer[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.socket.destroy();
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await killChildren();
});

async function serve(options: Partial<ServeControlOptions> = {}, lines: string[] = []): Promise<string> {
  const server = await serveControl(fakePlane(lines), { socketPath: temp('run/control.sock'), ...options });
  servers.push(server);
  return server.socketPath;
}

/** A client that sends what it likes. */
class Peer {
  readonly socket: Socket;
  readonly answers: Answer[] = [];
  isClosed = false;
  #text = '';

  constructor(path: string) {
    this.socket = connect({ path, allowHalfOpen: true });
    this.socket.on('error', () => {});
    this.socket.on('close', () => {
      this.isClosed = true;
    });
    this.socket.on('end', () => this.socket.end());
    this.socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.#text + text).split('\n');
      this.#text = lines.pop() ?? '';
      this.answers.push(...lines.map((line) => JSON.parse(line) as Answer));
    });
    peers.push(this);
  }

  ask(id: number, ...command: string[]): void {
    this.socket.write(`${JSON.stringify({ id, command })}\n`);
  }

  has(count: number): Promise<void> {
    return until(
      () => this.answers.length >= count,
      () => this.answers,
    );
  }
}

describe('the control socket', () => {
  test('answers requests in order, also when they come in one block or byte by byte', async () => {
    const peer = new Peer(await serve());
    peer.socket.setNoDelay(true);
    peer.socket.write('{"id":1,"command":["sleep","0.05"]}\n{"id":"b","command":["ping"]}\n\n');
    for (const byte of Buffer.from('{"id":3,"command":["echo","ä","\\n"]}\r\n')) peer.socket.write(Buffer.of(byte));
    await peer.has(3);
    expect(peer.answers).toEqual([
      { id: 1, ok: true, value: null },
      { id: 'b', ok: true, value: 'pong' },
      { id: 3, ok: true, value: ['ä', '\n'] },
    ]);
  });

  test('answers a client that has ended its side already', async () => {
    const peer = new Peer(await serve());
    peer.socket.end('{"id":1,"command":["sleep","0.05"]}\n{"id":2,"command":["version"]}\n');
    await until(() => peer.isClosed);
    expect(peer.answers.map((answer) => answer.ok && answer.value)).toEqual([null, '1.2.3']);
  });

  test.each([
    ['no JSON', '{', null],
    ['no object', '[]', null],
    ['null', 'null', null],
    ['without a command', '{"id":7}', 7],
    ['with a command that is no list', '{"id":7,"command":"ping"}', 7],
    ['with a word that is no text', '{"id":7,"command":["ping",1]}', 7],
    ['with too many words', JSON.stringify({ id: 7, command: new Array(5000).fill('x') }), 7],
  ])('a request that is %s is refused, and the connection goes on', async (_, line, id) => {
    const peer = new Peer(await serve());
    peer.socket.write(`${line}\n`);
    peer.ask(8, 'ping');
    await peer.has(2);
    expect(peer.answers).toEqual([
      { id, ok: false, error: { code: 'ERR_BANWATCHD_REQUEST', message: expect.any(String) } },
      { id: 8, ok: true, value: 'pong' },
    ]);
  });

  test.each([
    [['__proto__'], 'ERR_BANWATCHD_COMMAND'],
    [['constructor'], 'ERR_BANWATCHD_COMMAND'],
    [[], 'ERR_BANWATCHD_ARGUMENT'],
    [['get', 'constructor'], 'ERR_BANWATCHD_ARGUMENT'],
    [['get', 'toString', 'constructor'], 'ERR_BANWATCHD_COMMAND'],
    [['set', 'x', '__proto__', 'y'], 'ERR_BANWATCHD_COMMAND'],
    [['reload', 'constructor', 'x'], 'ERR_BANWATCHD_VALUE'],
  ])('the command %j is refused', async (command, code) => {
    const lines: string[] = [];
    const peer = new Peer(await serve({}, lines));
    peer.ask(1, ...command);
    await peer.has(1);
    expect(peer.answers[0]).toMatchObject({ ok: false, error: { code } });
    expect(lines).toEqual([expect.stringContaining('fail2ban.transmitter')]);
  });

  test('a line that is too long is answered and ends its connection, and no other', async () => {
    const path = await serve({ maxLineBytes: 100 });
    const [peer, other] = [new Peer(path), new Peer(path)];
    peer.socket.write('x'.repeat(1000));
    await until(() => peer.isClosed);
    expect(peer.answers).toEqual([
      { id: null, ok: false, error: { code: 'ERR_BANWATCHD_REQUEST', message: expect.stringContaining('100 bytes') } },
    ]);
    other.ask(1, 'ping');
    await other.has(1);
  });

  test('a line of exactly the longest length is taken', async () => {
    const line = JSON.stringify({ id: 1, command: ['echo', 'x'.repeat(50)] });
    const peer = new Peer(await serve({ maxLineBytes: line.length }));
    peer.socket.write(`${line}\n`);
    await peer.has(1);
    expect(peer.answers[0]?.ok).toBe(true);
  });

  test('one connection too many is closed, and there is room again when one has gone', async () => {
    const path = await serve({ maxConnections: 1 });
    const first = new Peer(path);
    first.ask(1, 'ping');
    await first.has(1);
    const second = new Peer(path);
    await until(() => second.isClosed);
    first.socket.destroy();
    const asked: Peer[] = [];
    await until(() => {
      const peer = new Peer(path);
      asked.push(peer);
      peer.ask(1, 'ping');
      return asked.some(({ answers }) => answers.length > 0);
    });
  });

  test('a peer that does not read its answers is dropped', async () => {
    const peer = new Peer(await serve({ readTimeoutMs: 50, maxLineBytes: 1 << 20 }));
    peer.socket.pause();
    for (let id = 0; id < 20; id += 1) peer.ask(id, 'echo', 'x'.repeat(500_000));
    await sleep(200);
    peer.socket.resume();
    await until(() => peer.isClosed);
    expect(peer.answers.length).toBeLessThan(20);
  });

  test('whatever bytes come, the next client is served', async () => {
    const path = await serve();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), async (blocks) => {
        const peer = new Peer(path);
        for (const block of blocks) peer.socket.write(block);
        peer.socket.end('\n');
        await until(() => peer.isClosed);
      }),
      { numRuns: 50 },
    );
    const peer = new Peer(path);
    peer.ask(1, 'ping');
    await peer.has(1);
  });
});

describe('the file of the socket', () => {
  test('is for its owner only, and so is its folder', async () => {
    const path = await serve();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(temp('run')).mode & 0o777).toBe(0o700);
  });

  test('replaces what a dead daemon left', async () => {
    const child = await startChild(new URL('../testing/listening-child.ts', import.meta.url), [temp('left.sock')]);
    child.kill('SIGKILL');
    await until(() => child.signalCode !== null);
    expect(existsSync(temp('left.sock'))).toBe(true);
    const peer = new Peer(await serve({ socketPath: temp('left.sock') }));
    peer.ask(1, 'ping');
    await peer.has(1);
  });

  test('is not taken from a daemon that lives', async () => {
    const path = await serve();
    await expect(serveControl(fakePlane(), { socketPath: path })).rejects.toMatchObject({
      code: 'ERR_BANWATCHD_RUNNING',
    });
    const peer = new Peer(path);
    peer.ask(1, 'ping');
    await peer.has(1);
  });

  test('does not replace a file of another kind', async () => {
    writeFileSync(temp('precious'), 'text');
    await expect(serveControl(fakePlane(), { socketPath: temp('precious') })).rejects.toMatchObject({
      code: 'ERR_BANWATCHD_SOCKET',
      message: expect.stringMatching(/precious.*--socket/),
    });
    expect(readFileSync(temp('precious'), 'utf8')).toBe('text');
  });

  test('must have a path that fits', async () => {
    const socketPath = temp('x'.repeat(108));
    await expect(serveControl(fakePlane(), { socketPath })).rejects.toMatchObject({ code: 'ERR_BANWATCHD_SOCKET' });
  });

  test('is left to whoever took its path meanwhile', async () => {
    await serve();
    const [server] = servers;
    const path = temp('run/control.sock');
    mkdirSync(temp('new'));
    const other = createServer().listen(temp('new/control.sock'));
    await until(() => existsSync(temp('new/control.sock')));
    renameSync(temp('new/control.sock'), path);
    await server?.close();
    expect(existsSync(path)).toBe(true);
    await new Promise((resolve) => other.close(resolve));
  });

  test('goes with the server, which answers first what was asked', async () => {
    const path = await serve();
    const peer = new Peer(path);
    peer.ask(1, 'ping');
    await peer.has(1);
    peer.ask(2, 'sleep', '0.1');
    peer.ask(3, 'ping');
    await sleep(20);
    await servers.pop()?.close();
    await until(() => peer.isClosed);
    expect(peer.answers).toHaveLength(3);
    expect(existsSync(path)).toBe(false);
  });

  test('goes when the signal says so', async () => {
    const abort = new AbortController();
    const path = await serve({ signal: abort.signal });
    abort.abort();
    await until(() => !existsSync(path));
  });
});
