import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bsmtpText } from './bsmtp-text.ts';
import { type EximRelease, eximFolders, eximUser } from './needs-exim.ts';
import { type CommandResult, runCommand } from './run-command.ts';
import { type SceneSettings, sceneConfig } from './scene-config.ts';
import { newSceneFolder, removeSceneFolder, sceneIsQuiet } from './scene-folder.ts';

export { type EximRelease, eximReleases, needsExim, needsNewExim } from './needs-exim.ts';
export type { CommandResult } from './run-command.ts';

export interface SceneOptions extends SceneSettings {
  readonly release: EximRelease;
}

/** A message to put into the queue. */
export interface SceneMessage {
  /** Envelope sender, `''` for a bounce. Default `sender@x.test`. */
  readonly from?: string;
  /** Envelope recipients. Default `you@defer.test`. */
  readonly to?: string | readonly string[];
  readonly subject?: string;
  /** Lines of further headers, each with its line end. */
  readonly headers?: string;
  /** Default one line. */
  readonly body?: string | Uint8Array;
}

/** The user, and if need be the groups, that a command runs as; names or numbers. */
export interface SceneUser {
  readonly user: string;
  /** Default: the user's own and no other. */
  readonly group?: string;
}

/**
 * A real Exim with a spool and a configuration of its own in a temporary folder. Root is the caller unless said. There is
 * no daemon and no port, no mail leaves the machine, and nothing of the system is changed. Make one in `beforeAll` (about
 * 10 ms); it is removed, with all of its processes, by `dispose` or at the end of the file's tests.
 *
 * What becomes of a recipient when a delivery is tried is told by its domain: `ok.test` is delivered, `slow.test` is
 * delivered after `slowSeconds`, during which the message is locked, `fail.test` fails (a bounce goes to the sender; a
 * bounce that fails is frozen), `freeze.test` freezes the message, `list.test` becomes member1\@ok.test and
 * member2\@defer.test, `onetime.test` becomes m1\@ok.test and m2\@defer.test for good, any other is deferred.
 */
export class EximScene {
  readonly release: EximRelease;
  /** The scene's folder; whatever is put there is removed, too. */
  readonly folder: string;
  /** Path of the program. */
  readonly exim: string;
  readonly config: string;
  readonly spool: string;
  /** The main log; not there before Exim has something to say. */
  readonly mainlog: string;
  /** What an `openQueue` of this scene needs: `openQueue(scene.place)`. */
  readonly place: { readonly exim: string; readonly config: string };
  /** `exim -C config`: the beginning of each call by root. */
  readonly argv: readonly string[];

  constructor(options: SceneOptions) {
    this.release = options.release;
    this.folder = newSceneFolder();
    this.exim = path.join(eximFolders[options.release], 'exim4');
    this.config = path.join(this.folder, 'exim.conf');
    this.spool = path.join(this.folder, 'sp');
    this.mainlog = path.join(this.spool, 'log', 'mainlog');
    this.place = { exim: this.exim, config: this.config };
    this.argv = [this.exim, '-C', this.config];
    mkdirSync(this.spool);
    for (const name of ['input', 'msglog', 'log', 'db', '']) {
      mkdirSync(path.join(this.spool, name), { recursive: true, mode: 0o750 });
      this.own(path.join(this.spool, name));
    }
    writeFileSync(this.config, sceneConfig(this.exim, this.spool, options), { mode: 0o644 });
  }

  /** Runs Exim as root, to its end; what it leaves running in the background is waited for by `quiet`. */
  run(args: readonly string[], input: string | Uint8Array = ''): Promise<CommandResult> {
    return runCommand([...this.argv, ...args], input);
  }

  /** Path of a program of this release's package, such as `exiqgrep`, and of the installed one where it lacks it. */
  tool(name: string): string {
    const own = path.join(eximFolders[this.release], name);
    return existsSync(own) ? own : path.join('/usr/sbin', name);
  }

  /**
   * A command as another user would run it on a machine that has this scene's Exim in /usr/sbin and this configuration
   * at /etc/exim4/exim4.conf, so without `-C`. It sees them in a file system of its own; the machine's stay as they are.
   * For `spawn` and the like: `const [file, ...args] = scene.as({ user: 'nobody' }, ['exim4', '-bp'])`.
   */
  as({ user, group }: SceneUser, argv: readonly string[]): string[] {
    const mounts = `mount -t tmpfs none /etc/exim4 && cp "$0" /etc/exim4/exim4.conf && chmod 644 /etc/exim4/exim4.conf &&
      { [ "$1" = /usr/sbin/exim4 ] || mount --bind "$1" /usr/sbin/exim4; } && shift && exec setpriv "$@"`;
    const config = path.join(this.folder, 'exim4.conf');
    // A program of this path is what is there for this user, whatever the release.
    writeFileSync(config, readFileSync(this.config, 'utf8').replace(/^exim_path = .*/, 'exim_path = /usr/sbin/exim4'));
    const groups = group === undefined ? ['--init-groups'] : ['--clear-groups'];
    const ids = [`--reuid=${user}`, `--regid=${group ?? user.replace(/^nobody$/, 'nogroup')}`, ...groups];
    return ['unshare', '-m', 'sh', '-c', mounts, config, this.exim, ...ids, ...argv];
  }

  /** Runs Exim as another user, see `as`. */
  runAs(user: SceneUser, args: readonly string[], input: string | Uint8Array = ''): Promise<CommandResult> {
    return runCommand(this.as(user, ['/usr/sbin/exim4', ...args]), input);
  }

  /**
   * Hands a message to Exim and gives its id.
   *
   * @param how `queue`: it stays in the queue, untried. `deliver`: a delivery is tried before this resolves. Default `queue`.
   */
  async submit(message: SceneMessage = {}, how: 'queue' | 'deliver' = 'queue', as?: SceneUser): Promise<string> {
    const {
      from = 'sender@x.test',
      to = 'you@defer.test',
      subject = 'a test',
      headers = '',
      body = 'one line\n',
    } = message;
    const unique = randomUUID();
    const head = `Message-Id: <${unique}@h.test>\nFrom: someone@h.test\nSubject: ${subject}\n${headers}\n`;
    const input = Buffer.concat([bytesOf(head), bytesOf(body)]);
    const args = [how === 'queue' ? '-odq' : '-odf', '-oi', '-f', from === '' ? '<>' : from, '--', ...[to].flat()];
    const { code, stderr, stdout } = await (as === undefined ? this.run(args, input) : this.runAs(as, args, input));
    const [, id] = new RegExp(`^.{19} (\\S+) <= .* id=${unique}@h\\.test`, 'm').exec(this.log()) ?? [];
    if (code !== 0 || id === undefined) throw new Error(`exim ${args.join(' ')}: ${code} ${stderr}${stdout}`);
    if (how === 'deliver') await this.quiet();
    return id;
  }

  /** Hands Exim an SMTP session on standard input (lines without line ends) and gives the ids of its messages. */
  async smtp(lines: readonly (string | Buffer)[], args: readonly string[] = ['-odq']): Promise<string[]> {
    const input = Buffer.concat(lines.flatMap((line) => [bytesOf(line), bytesOf('\r\n')]));
    const { stdout, stderr } = await this.run([...args, '-bs'], input);
    const ids = [...stdout.matchAll(/^250[ -].*\bid=([\w-]+)/gm)].map(([, id = '']) => id);
    if (ids.length === 0) throw new Error(`SMTP session: ${stdout}${stderr}`);
    return ids;
  }

  /** Puts many messages into the queue, untried, by some streams of batched SMTP at once: about 200 a second each. */
  async bsmtp(messages: readonly SceneMessage[], streams: number = 4): Promise<void> {
    const shares = Array.from({ length: streams }, (_, n) => messages.filter((_, index) => index % streams === n));
    await Promise.all(
      shares.map(async (share) => {
        const { code, stderr, stdout } = await this.run(['-odq', '-bS'], bsmtpText(share));
        if (code !== 0) throw new Error(`batched SMTP: ${code} ${stderr}${stdout}`);
      }),
    );
  }

  async #act(flag: string, ids: readonly string[]): Promise<void> {
    const { code, stderr, stdout } = await this.run([flag, ...ids]);
    if (code !== 0) throw new Error(`exim ${flag}: ${code} ${stderr}${stdout}`);
  }

  freeze(...ids: readonly string[]): Promise<void> {
    return this.#act('-Mf', ids);
  }

  thaw(...ids: readonly string[]): Promise<void> {
    return this.#act('-Mt', ids);
  }

  remove(...ids: readonly string[]): Promise<void> {
    return this.#act('-Mrm', ids);
  }

  /** Tries a delivery of each, to its end, bounces included. */
  async deliver(...ids: readonly string[]): Promise<void> {
    await this.#act('-M', ids);
    await this.quiet();
  }

  /** Moves messages to a named queue, which is made if there is none. */
  park(queue: string, ...ids: readonly string[]): Promise<void> {
    return this.#act('-MG', [queue, ...ids]);
  }

  /**
   * A message that Exim has locked: it delivers it to `slow.test`. `pid` is the process that holds the lock, `release`
   * kills the delivery, which unlocks the message and leaves it in the queue.
   */
  async locked(message: SceneMessage = {}): Promise<{ id: string; pid: number; release: () => Promise<void> }> {
    const id = await this.submit({ ...message, to: ['x@slow.test', ...[message.to ?? []].flat()] });
    const inode = statSync(this.file(id, '-D')).ino;
    const child = spawn(this.exim, ['-C', this.config, '-M', id], { stdio: 'ignore', env: process.env });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const lock = new RegExp(`POSIX +ADVISORY +WRITE +(\\d+) +\\w+:\\w+:${inode} `);
    for (let tries = 0; tries < 2000; tries++) {
      const [, pid] = lock.exec(readFileSync('/proc/locks', 'latin1')) ?? [];
      // The transport's own process exists from here on, too: the journal is made before it is started.
      if (pid !== undefined && existsSync(this.file(id, '-J'))) {
        const release = async (): Promise<void> => {
          removeProcesses(Number(pid));
          child.kill('SIGKILL');
          await ended;
        };
        return { id, pid: Number(pid), release };
      }
      await pause(5);
    }
    throw new Error(`Exim did not lock ${id}: ${this.log()}`);
  }

  /** Resolves when nothing of this scene runs any more: also deliveries in the background and what they caused. */
  quiet(): Promise<void> {
    return sceneIsQuiet(this.folder);
  }

  /** The main log's text so far. */
  log(): string {
    return existsSync(this.mainlog) ? readFileSync(this.mainlog, 'utf8') : '';
  }

  /** Ids of all messages with a -H of one queue, put aside or not, in no order. */
  ids(queue: string = ''): string[] {
    return ['input', 'Finput'].flatMap((name) => {
      const folder = path.join(this.spool, queue, name);
      if (!existsSync(folder)) return [];
      return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
        const [, id] = /(?:^|\/)(\w{6}-(?:\w{6}-\w\w|\w{11}-\w{4}))-H$/.exec(file) ?? [];
        return id === undefined ? [] : [id];
      });
    });
  }

  /** Path of a message's file, split or not; of one that is not there as Exim would name it unsplit. */
  file(id: string, part: '-H' | '-D' | '-J' | 'msglog', queue: string = ''): string {
    const [folder, name] = part === 'msglog' ? ['msglog', id] : ['input', id + part];
    const places = [folder, `F${folder}`].flatMap((place) => [
      [place, ''],
      [place, id.charAt(5)],
    ]);
    const paths = places.map(([place = '', letter = '']) => path.join(this.spool, queue, place, letter, name));
    return paths.find((file) => existsSync(file)) ?? path.join(this.spool, queue, folder, name);
  }

  /** Changes one of a message's files by hand, as Exim would: the owner stays Exim's user. */
  edit(id: string, part: '-H' | '-D' | '-J' | 'msglog', change: (bytes: Buffer) => string | Uint8Array): void {
    const file = this.file(id, part);
    writeFileSync(file, change(existsSync(file) ? readFileSync(file) : Buffer.alloc(0)), { mode: 0o640 });
    this.own(file);
  }

  /** Makes a message look as if it had been received so much longer ago; its id stays. */
  age(id: string, ageMs: number): void {
    this.edit(id, '-H', (bytes) =>
      Buffer.from(
        bytes.toString('latin1').replace(/^(\d+)( \d+)$/m, (_, time, rest) => `${Number(time) - ageMs / 1000}${rest}`),
        'latin1',
      ),
    );
  }

  /** Gives a file or folder to Exim's user. */
  own(file: string): void {
    const { uid = 0, gid = 0 } = eximUser() ?? {};
    chownSync(file, uid, gid);
  }

  /** Kills all that runs here and removes the folder. */
  async dispose(): Promise<void> {
    removeSceneFolder(this.folder);
  }
}

const bytesOf = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? Buffer.from(text) : text);

/** Kills a process and all its descendants. */
function removeProcesses(pid: number): void {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, 'latin1').split(' ').map(Number) : [];
  process.kill(pid, 'SIGKILL');
  for (const child of children) if (child > 0) removeProcesses(child);
}

/** Makes a scene; see {@link EximScene}. Needs {@link needsExim}, with `release: 'new'` {@link needsNewExim}. */
export const eximScene = async (options: SceneOptions): Promise<EximScene> => new EximScene(options);
