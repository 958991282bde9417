// Runs a store on a small disk that fills up and is freed again; the disk is mounted on the folder given. Writes JSON.
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ringRejects } from '@sluice/pipeline';
import { openBanStore } from '../open-ban-store.ts';
import { banOf, changeOf } from './changes.ts';

const folder = process.argv[2] ?? '';
const filler = path.join(folder, 'filler');
const rejects = ringRejects(10);
let unhandled = 0;
process.on('unhandledRejection', () => {
  unhandled += 1;
});
// lmdb writes the fault of a commit there.
console.error = () => {};

const store = openBanStore(path.join(folder, 'state'), { rejects });
const ids: string[] = [];
store.openJail('sshd', () => {
  const now = ids.splice(0).map((id) => banOf(id, 1, { matches: ['x'.repeat(500)] }));
  return changeOf({ bans: new Map(now.map((ban) => [ban.id, ban])), decided: now });
});
const result = {
  codes: [] as string[],
  messages: [] as string[],
  sync: '',
  known: 0,
  kept: 0,
  reasons: [] as string[],
  unhandled,
};
const flush = async (prefix: string) => {
  for (let id = 0; id < 200; id += 1) ids.push(`${prefix}${id}`);
  await store.flush().catch((error) => {
    result.codes.push(error.code);
    result.messages.push(error.message);
  });
};
await flush('before');
const { bavail, bsize } = statfsSync(folder);
writeFileSync(filler, Buffer.alloc(bavail * bsize));
for (let round = 0; round < 3; round += 1) await flush(`full${round}-`);
try {
  store.flushSync();
} catch (error) {
  result.sync = (error as { code: string }).code;
}
rmSync(filler);
await flush('after');
await store.close();

const again = openBanStore(path.join(folder, 'state'));
const { kept, history } = again.openJail('sshd', () => undefined);
result.kept = kept.bans.length;
result.known = kept.bans.filter(({ id }) => history.lastBan(id)?.count === 1).length;
await again.close();
await new Promise((resolve) => setTimeout(resolve, 20));
process.stdout.write(JSON.stringify({ ...result, reasons: rejects.last.map(({ reason }) => reason), unhandled }));
