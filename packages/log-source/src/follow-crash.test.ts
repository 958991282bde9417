import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { killChildren, spawnChild } from '../../../tools/testing/child.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import { until } from '../../../tools/testing/until.ts';

const temp = tempFolder();
afterEach(killChildren);
type Row = [id: string, offset: number, text: string];

/** Whole rows that the reading processes wrote: a row that was torn by the kill is not one. */
function rows(): Row[] {
  if (!existsSync(temp('out'))) return [];
  return readFileSync(temp('out'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .flatMap((row) => {
      // A torn row and the first one of the next process share a line.
      const whole = /\["[0-9a-f]{32}",\d+,"[^"\n]*"\]$/.exec(row)?.[0];
      return whole === undefined ? [] : [JSON.parse(whole) as Row];
    });
}

async function start(): Promise<ChildProcess> {
  const child = spawnChild(
    new URL('./testing/follow-child.ts', import.meta.url),
    [temp('a.log'), temp('positions.json'), temp('out')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

test('accounts for every line by id and offset, through kill -9, restarts, appends and rotations', async () => {
  writeFileSync(temp('a.log'), '');
  let count = 0;
  let rotations = 0;
  const write = (): void => {
    const lines = Array.from({ length: 50 }, () => `line ${count++} ${'.'.repeat(count % 61)}\n`).join('');
    const cut = Math.floor(lines.length / 3);
    appendFileSync(temp('a.log'), lines.slice(0, cut));
    appendFileSync(temp('a.log'), lines.slice(cut));
  };
  const rotate = (): void => {
    for (let number = rotations; number > 0; number -= 1)
      renameSync(temp(`a.log.${number}`), temp(`a.log.${number + 1}`));
    renameSync(temp('a.log'), temp('a.log.1'));
    writeFileSync(temp('a.log'), '');
    rotations += 1;
  };
  for (let round = 0; round < 6; round += 1) {
    const child = await start();
    for (let step = 0; step < 12; step += 1) {
      write();
      await sleep(8 + ((round * 5 + step * 3) % 9));
      if ((round + step) % 7 === 3) rotate();
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    write();
    // Down during a rotation every other time.
    if (round % 2 === 1) {
      rotate();
      await sleep(30);
      write();
    }
  }
  const child = await start();
  const numbers = (): Set<number> => new Set(rows().map(([, , text]) => Number(text.split(' ')[1])));
  await until(
    () => numbers().size === count,
    () => ({ count, found: numbers().size }),
  );
  child.kill('SIGKILL');

  const byIdentity = new Map<string, string>();
  for (const [id, offset, text] of rows()) {
    const known = byIdentity.get(`${id} ${offset}`);
    if (known !== undefined) expect(text).toBe(known);
    byIdentity.set(`${id} ${offset}`, text);
  }
  // Each line has one identity: what came twice after a kill came under the same one.
  expect(byIdentity.size).toBe(count);
  expect(rows().length).toBeGreaterThanOrEqual(count);
});
