import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EximScene, SceneMessage } from './exim-scene.ts';

type Damage = readonly [message: SceneMessage, damage: (scene: EximScene, id: string) => void];

const to = (address: string): SceneMessage => ({
  from: `${address}@x.test`,
  to: [`${address}@defer.test`, 'other@defer.test'],
});
/** Damage of a -H, as text of which each character is a byte. */
const header = (name: string, change: (text: string) => string): readonly [string, Damage] => [
  name,
  [to(name), (scene, id) => scene.edit(id, '-H', (bytes) => Buffer.from(change(bytes.toString('latin1')), 'latin1'))],
];

const damaged: readonly (readonly [string, Damage])[] = [
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
  ['noBody', [to('nobody'), (scene, id) => rmSync(scene.file(id, '-D'))]],
  ['shortBody', [to('shortbody'), (scene, id) => scene.edit(id, '-D', () => '1x')]],
  ['journal', [to('journal'), (scene, id) => scene.edit(id, '-J', () => 'other@defer.test\nnobody-of-it@x.test\n')]],
  ['openJournal', [to('openjournal'), (scene, id) => scene.edit(id, '-J', () => 'other@defer.test')]],
  ['upperJournal', [to('Upper'), (scene, id) => scene.edit(id, '-J', () => 'UPPER@defer.test\nOTHER@DEFER.TEST\n')]],
  ['emptyJournal', [to('emptyjournal'), (scene, id) => scene.edit(id, '-J', () => '')]],
  [
    'headerIsNoFile',
    [
      to('nofile'),
      (scene, id) => {
        const file = scene.file(id, '-H');
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ],
  [
    'neighbours',
    [
      to('neighbours'),
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
  ],
];

/** Messages with files that are damaged, missing or too many, each with what gives its id. */
export const damagedCases = (scene: EximScene): readonly (readonly [string, () => Promise<string>])[] =>
  damaged.map(([name, [message, damage]]) => [
    name,
    async () => {
      const id = await scene.submit(message);
      damage(scene, id);
      return id;
    },
  ]);
