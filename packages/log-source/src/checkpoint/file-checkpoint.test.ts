import { existsSync, lstatSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import type { FileState } from './checkpoint-store.ts';
import { fileCheckpoint } from './file-checkpoint.ts';

const temp = tempFolder();
const state = (id: string, position = 0): FileState => ({
  id,
  path: '/var/log/a.log',
  device: '2049',
  inode: '18446744073709551615',
  position,
  inCut: false,
  prefix: { bytes: 0, hash: '' },
  before: { bytes: 0, hash: '' },
  notedMs: 1_700_000_000_000.5,
  closed: false,
});

describe('fileCheckpoint', () => {
  test('gives back what was saved, by a change at a time', async () => {
    const store = fileCheckpoint(temp('new/folder/positions.json'));
    expect(store.load()).toEqual([]);
    await store.save({ put: [state('a', 2 ** 53 - 1), state('b')], drop: [] });
    await store.save({ put: [state('b', 7)], drop: ['a'] });
    store.saveSync({ put: [state('c')], drop: [] });
    expect(fileCheckpoint(temp('new/folder/positions.json')).load()).toEqual([state('b', 7), state('c')]);
  });

  test('is readable by its owner only and leaves nothing beside it', async () => {
    await fileCheckpoint(temp('p.json')).save({ put: [state('a')], drop: [] });
    expect(statSync(temp('p.json')).mode & 0o777).toBe(0o600);
    expect([existsSync(temp('p.json.tmp')), existsSync(temp('p.json.sync.tmp'))]).toEqual([false, false]);
  });

  test('lets no older save overtake the last one', async () => {
    const store = fileCheckpoint(temp('p.json'));
    const saves = [1, 2, 3].map((position) => store.save({ put: [state('a', position)], drop: [] }));
    await new Promise(setImmediate);
    store.saveSync({ put: [state('a', 4)], drop: [] });
    await Promise.all(saves);
    expect(fileCheckpoint(temp('p.json')).load()).toEqual([state('a', 4)]);
  });

  test('is durable, and not merely begun, when a save resolves', async () => {
    const store = fileCheckpoint(temp('p.json'));
    for (let position = 1; position < 20; position += 1) {
      const saves = [
        store.save({ put: [state('a', position)], drop: [] }),
        store.save({ put: [state('b', position)], drop: [] }),
      ];
      await saves[1];
      expect(JSON.parse(readFileSync(temp('p.json'), 'utf8')).files).toEqual([
        state('a', position),
        state('b', position),
      ]);
    }
  });

  test('writes through no link that was planted under its temporary name', async () => {
    writeFileSync(temp('victim'), 'precious');
    symlinkSync(temp('victim'), temp('p.json.tmp'));
    await fileCheckpoint(temp('p.json')).save({ put: [state('a')], drop: [] });
    expect(readFileSync(temp('victim'), 'utf8')).toBe('precious');
    expect(lstatSync(temp('p.json')).isFile()).toBe(true);
  });

  test('refuses states that cannot be', () => {
    const file = { kind: 'sluice-log-source-checkpoint', version: 1, files: [{ ...state('a'), position: -1 }] };
    writeFileSync(temp('p.json'), JSON.stringify(file));
    expect(() => fileCheckpoint(temp('p.json')).load()).toThrow('the checkpoint cannot be read: it is incomplete');
  });

  test('rejects what it could not save, and saves it with the next change', async () => {
    writeFileSync(temp('sub'), '');
    const store = fileCheckpoint(temp('sub/p.json'));
    await expect(store.save({ put: [state('a')], drop: [] })).rejects.toThrow();
    rmSync(temp('sub'));
    await store.save({ put: [state('b')], drop: [] });
    expect(fileCheckpoint(temp('sub/p.json')).load()).toEqual([state('a'), state('b')]);
  });

  test('refuses a path that is none', () => {
    expect(() => fileCheckpoint('')).toThrow('path must be a path, not ""');
  });
});
