// Writes to a store, so often as the second argument says or forever: with each flush one more ban, and its number in a counter, a mark and a record. Prints each
// number when it is durable.
import { writeSync } from 'node:fs';
import { openBanStore } from '../open-ban-store.ts';
import { banOf, changeOf, tallyOf } from './changes.ts';

const store = openBanStore(process.argv[2] ?? '');
const numbers = store.records('numbers');
let number = 0;
const jail = store.openJail('sshd', () => {
  const ban = banOf(`ban ${number}`, number);
  return changeOf({
    bans: new Map([[ban.id, ban]]),
    tallies: new Map([['counter', tallyOf(number)]]),
    seen: new Map([['log', { offset: number, ids: [] }]]),
    decided: [ban],
  });
});
number = jail.kept.bans.length;
const end = number + Number(process.argv[3] ?? Number.POSITIVE_INFINITY);
while (number < end) {
  number += 1;
  numbers.put('last', number);
  await store.flush();
  writeSync(1, `${number}\n`);
}
await store.close();
