import { folderName } from './folder-name.ts';

test.each([
  [[], ''],
  [['.Sent'], 'Sent'],
  [['.Archive.2010'], 'Archive/2010'],
  [['.Entw&APw-rfe'], 'Entwürfe'],
  [[Buffer.from('.Entwürfe').toString('latin1')], 'Entwürfe'],
  [['.A', '.B.C'], 'A/B/C'],
  [['.R&D'], 'R&D'],
  [['.a\nb'], 'a b'],
])('of %j it is %j', (directories, name) => {
  expect(folderName(directories)).toBe(name);
});
