import { appendFileSync } from 'node:fs';
import type { LogPath } from '@sluice/fail2ban-config';
import { type Chunk, ringRejects } from '@sluice/pipeline';
import { SceneFolder } from '../../../../tools/testing/scene-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { heldPositions } from './held-positions.ts';
import { LogWatch } from './log-watch.ts';

const place = { file: 'jail.local', line: 1 };
const logPath = (glob: string, from: LogPath['from'] = 'head'): LogPath => ({ glob, from, place });

let folder: SceneFolder;
let watch: LogWatch;
/** Lines that are decided, and chunks that wait to be. */
let lines: string[];
let waiting: (() => void)[];
let isSlow: boolean;

beforeEach(() => {
  folder = new SceneFolder();
  [lines, waiting, isSlow] = [[], [], false];
  const take = (chunk: Chunk): Promise<void> | undefined => {
    const text = Buffer.from(chunk.bytes).toString();
    const decided = (): void => {
      lines.push(...text.split('\n').slice(0, -1));
    };
    if (isSlow) return new Promise<void>((resolve) => waiting.push(resolve)).then(decided);
    decided();
    return undefined;
  };
  watch = new LogWatch({ checkpoints: { head: heldPositions(), tail: heldPositions() }, take });
});
afterEach(() => {
  watch.stop();
  folder[Symbol.dispose]();
});

test('goes on at the same places when other files are followed too, and loses no line written meanwhile', async () => {
  const [a, b] = [folder.write('a.log', 'a1\n'), folder.write('b.log', 'b1\n')];
  await watch.follow([logPath(a)]);
  await until(() => lines.length === 1);
  isSlow = true;
  appendFileSync(a, 'a2\n');
  await until(() => waiting.length === 1);
  const followed = watch.follow([logPath(a), logPath(b)]);
  appendFileSync(a, 'a3\n');
  isSlow = false;
  waiting[0]?.();
  await followed;
  await until(() => lines.length === 4);
  expect(lines.filter((line) => line.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(lines).toContain('b1');
});

test('a file that is let go and taken up again goes on where it was', async () => {
  const [a, b] = [folder.write('a.log', 'a1\n'), folder.write('b.log', 'b1\n')];
  await watch.follow([logPath(a), logPath(b)]);
  await until(() => lines.length === 2);
  await watch.follow([logPath(b)]);
  appendFileSync(a, 'a2\n');
  await watch.follow([logPath(a), logPath(b)]);
  await until(() => lines.length === 3);
  expect(lines[2]).toBe('a2');
});

test('a file that is missing is said once, whatever else is followed after it', async () => {
  const rejects = ringRejects(10);
  const [a, b, missing] = [folder.write('a.log', ''), folder.write('b.log', ''), folder.path('missing.log')];
  const checkpoints = { head: heldPositions(), tail: heldPositions() };
  const telling = new LogWatch({ checkpoints, rejects, take: () => undefined });
  const said = (): unknown[] => rejects.last.map(({ path }) => path);
  await telling.follow([logPath(a), logPath(missing)]);
  await until(() => said().length === 1);
  await telling.follow([logPath(a), logPath(b), logPath(missing)]);
  await telling.follow([logPath(a), logPath(missing), logPath(folder.path('other.log'))]);
  await until(() => said().length === 2);
  expect(said()).toEqual([missing, folder.path('other.log')]);
  await telling.follow([logPath(a)]);
  await telling.follow([logPath(missing)]);
  await until(() => said().length === 3);
  telling.stop();
});

test('tail begins at the end of what is there', async () => {
  const a = folder.write('a.log', 'old\n');
  await watch.follow([logPath(a, 'tail')]);
  appendFileSync(a, 'new\n');
  await until(() => lines.length === 1);
  expect(lines).toEqual(['new']);
});

test('a line whose decision was still under way at the end is read again by the next start', async () => {
  const a = folder.write('a.log', 'a1\n');
  const checkpoints = { head: heldPositions(), tail: heldPositions() };
  const never = new LogWatch({ checkpoints, take: () => new Promise(() => {}) });
  await never.follow([logPath(a)]);
  await until(() => checkpoints.head.load().length === 1);
  never.stop();
  const again = new LogWatch({ checkpoints, take: (chunk) => void lines.push(Buffer.from(chunk.bytes).toString()) });
  await again.follow([logPath(a)]);
  await until(() => lines.length === 1);
  again.stop();
});
