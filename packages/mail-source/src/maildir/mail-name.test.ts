import { flagsOf, uniqueOf } from './mail-name.ts';

test.each([
  ['1.M2P3.host,S=4:2,S', '1.M2P3.host,S=4', 'S'],
  ['1.host:2,SFRS', '1.host', 'FRS'],
  ['1.host:2,', '1.host', ''],
  ['1.host', '1.host', ''],
  ['1.host:2,Sa', '1.host', 'Sa'],
  ['1.host:1,x', '1.host', ''],
  ['1.host:2,S,x', '1.host', ''],
])('%s is of the mail %s and has the flags %j', (name, unique, flags) => {
  expect([uniqueOf(name), flagsOf(name)]).toEqual([unique, flags]);
});
