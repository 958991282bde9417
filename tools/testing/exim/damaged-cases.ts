import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EximScene } from './exim-scene.ts';
import { plantCopy } from './plant.ts';

type Damage = readonly [name: string, damage: (scene: EximScene, id: string) => void];

/** Damage of a -H, as text of which each character is a byte. */
const header = (name: string, change: (text: string) => string): Damage => [
  name,
  (scene, id) => scene.edit(id, '-H', (bytes) => Buffer.from(change(bytes.toString('latin1')), 'latin1')),
];

const damaged: readonly Damage[] = [
  header('truncated', (text) => text.slice(0, 60)),
  header('truncatedInHeaders', (text) => text.slice(0, -40)),
  header('noHeaders', (text) => text.slice(0, text.indexOf('\n\n') + 2)),
  header('noBlankLine', (text) => text.slice(0, text.indexOf('\n\n') + 1)),
  header('empty', () => ''),
  header('garbage', () => '\x00\xff\x1b[31m garbage \n\n<\n'.repeat(9)),
  header('nulPadded', (text) => text + '\0'.repeat(100)),
  header('nulStart', (text) => '\0'.repeat(64) + text.slice(64)),
  header('shortHeader', (text) => text.replace(/\n\n(\d{3})/, '\n\n900')),
  header('wrongHeaderType', (text) => text.replace(/\n\n(\d{3})P /, '\n\n$1PP')),
  header('otherName', (text) => text.replace(/^\w{6}/, 'AAAAAA')),
  header('noName', (text) => text.replace(/^.*\n/, '')),
  header('noSender', (text) => text.replace(/\n<.*>\n/, '\n')),
  header('noTime', (text) => text.replace(/\n\d+ \d+\n/, '\n')),
  header('countTooHigh', (text) => text.replace('\n2\n', '\n3\n')),
  header('countTooLow', (text) => text.replace('\n2\n', '\n1\n')),
  header('countHuge', (text) => text.replace('\n2\n', '\n16385\n')),
  header('noTree', (text) => text.replace('\nXX\n', '\n')),
  header('brokenTree', (text) => text.replace('\nXX\n', '\nYN a@x.test\n')),
  header('unknownFlag', (text) =>
    text.replace('\n-deliver_firsttime\n', '\n-no_such_flag 12\n--also_tainted\n-deliver_firsttime\n'),
  ),
  header('lostLine', (text) => text.replace('\n-deliver_firsttime\n', '\ndeliver_firsttime\n')),
  ['noBody', (scene, id) => rmSync(scene.file(id, '-D'))],
  ['shortBody', (scene, id) => scene.edit(id, '-D', () => '1x')],
  ['journal', (scene, id) => scene.edit(id, '-J', () => 'other@defer.test\nnobody-of-it@x.test\n')],
  ['openJournal', (scene, id) => scene.edit(id, '-J', () => 'other@defer.test')],
  ['upperJournal', (scene, id) => scene.edit(id, '-J', () => 'UPPERJOURNAL@defer.test\nOTHER@DEFER.TEST\n')],
  ['emptyJournal', (scene, id) => scene.edit(id, '-J', () => '')],
  [
    'headerIsNoFile',
    (scene, id) => {
      const file = scene.file(id, '-H');
      rmSync(file);
      mkdirSync(file);
    },
  ],
  [
    'neighbours',
    (scene, id) => {
      for (const name of [
        `hdr.${id}`,
        `${id}-K`,
        `${id}.eml`,
        `${id}-HH`,
        `x${id}-H`,
        `${id.slice(1)}-H`,
        'README',
        `${id}-h`,
      ])
        writeFileSync(path.join(path.dirname(scene.file(id, '-H')), name), 'no message');
    },
  ],
];

/** Puts in messages with files that are damaged, missing or too many; gives their ids by name. */
export async function damagedCases(scene: EximScene): Promise<[string, string][]> {
  const sound = await scene.submit({ from: 'sound@x.test', to: ['sound@defer.test', 'other@defer.test'] });
  const cases = damaged.map(([name, damage], n): [string, string] => {
    const id = plantCopy(scene, sound, 100 + n, (text) =>
      text.replace('\n<sound@', `\n<${name}@`).replace('\nsound@', `\n${name}@`),
    );
    damage(scene, id);
    return [name, id];
  });
  return [['sound', sound], ...cases];
}
