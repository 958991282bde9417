import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../../../tools/testing/free-port.ts';
import { until } from '../../../../../tools/testing/until.ts';
import type { DenyFormat } from '../options.ts';

const uses = (file: string): Readonly<Record<DenyFormat, string>> => ({
  geo: `geo $banned { default 0; include ${file}; }`,
  map: `map_hash_max_size 65536; map $remote_addr $banned { default 0; include ${file}; }`,
  deny: `include ${file}; map $uri $banned { default 0; }`,
});

/** An nginx of the test's own, which takes a client's word for its address. */
export class RealNginx {
  readonly reloadCommand: readonly string[];
  readonly testCommand: readonly string[];
  readonly #folder: string;
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    const command = ['nginx', '-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`];
    this.reloadCommand = [...command, '-s', 'reload'];
    this.testCommand = [...command, '-t'];
  }

  /** Writes a configuration that includes the file; it is read when nginx is started. */
  static async prepare(folder: string, file: string, format: DenyFormat): Promise<RealNginx> {
    const nginx = new RealNginx(folder, await freePort());
    nginx.configure(file, format);
    return nginx;
  }

  configure(file: string, format: DenyFormat, more: string = ''): void {
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${this.#folder};`,
    );
    writeFileSync(
      `${this.#folder}/nginx.conf`,
      `daemon off; worker_processes 1; pid ${this.#folder}/nginx.pid; error_log ${this.#folder}/error.log notice;
events {}
http {
  access_log off; ${paths.join(' ')} ${more}
  ${uses(file)[format]}
  server {
    listen 127.0.0.1:${this.#port};
    set_real_ip_from 127.0.0.1; real_ip_header X-Real-IP;
    location / { if ($banned) { return 403; } empty_gif; }
  }
}
`,
    );
  }

  async start(): Promise<void> {
    const [program = '', ...args] = this.reloadCommand.slice(0, -2);
    this.#child = spawn(program, args, { env: process.env, stdio: ['ignore', 'ignore', 'inherit'] });
    await this.answers({ '192.0.2.255': 200 });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  /** How often nginx has read its configuration again. */
  get reloads(): number {
    return readFileSync(`${this.#folder}/error.log`, 'utf8').match(/, reconfiguring/g)?.length ?? 0;
  }

  /** The status of the answer that a client with this address gets; 0 for none. */
  status(address: string): Promise<number> {
    return new Promise((resolve) => {
      const headers = { 'X-Real-IP': address, Connection: 'close' };
      const asked = request({ host: '127.0.0.1', port: this.#port, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.on('error', () => resolve(0)).end();
    });
  }

  /** Waits until clients get what they should, when the workers from before the last reload are gone. */
  async answers(wanted: Readonly<Record<string, number>>): Promise<void> {
    let now: Record<string, number> = {};
    let isDone = false;
    const ask = async (): Promise<void> => {
      while (!isDone) {
        now = {};
        if (this.#workers() === 1) for (const address of Object.keys(wanted)) now[address] = await this.status(address);
        isDone = JSON.stringify(now) === JSON.stringify(wanted);
        await sleep(5);
      }
    };
    const asking = ask();
    try {
      await until(
        () => isDone,
        () => now,
      );
    } finally {
      isDone = true;
      await asking;
    }
  }

  #workers(): number {
    const { pid } = this.#child ?? {};
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).length;
  }
}
