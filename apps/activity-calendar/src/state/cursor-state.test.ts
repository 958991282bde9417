import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import type { SourceSpec } from '../config/source-spec.ts';
import { CursorState } from './cursor-state.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = newFolder();
  file = path.join(folder, 'state.json');
});

const source: SourceSpec = { kind: 'git', location: '/a', author: ['me'] };
const cursor = (id: string) => ({ version: 1, kind: 'git', heads: { 'refs/heads/main': id } }) as const;

describe('the state', () => {
  test('is what was saved, by source and filters, wherever a configuration file names it', async () => {
    const state = new CursorState(file, false);
    expect(state.get(source)).toBeUndefined();
    state.set(source, cursor('1'));
    await state.save();
    const again = new CursorState(file, false);
    expect(again.get({ ...source, place: { file: 'x', line: 1 } })).toEqual(cursor('1'));
    expect(again.get({ ...source, author: ['you'] })).toBeUndefined();
    expect(again.get({ ...source, since: { fromMs: 1, untilMs: 2 } })).toBeUndefined();
    expect(new CursorState(file, true).get(source)).toBeUndefined();
  });

  test('of a certain time can be saved when more has been reached since', async () => {
    const state = new CursorState(file, false);
    state.set(source, cursor('1'));
    const reached = state.reached();
    state.set(source, cursor('2'));
    await state.save(reached);
    expect(new CursorState(file, false).get(source)).toEqual(cursor('1'));
    await state.save();
    expect(new CursorState(file, false).get(source)).toEqual(cursor('2'));
  });

  test('is written beside and put in place, for nobody else to read', async () => {
    const state = new CursorState(file, false);
    state.set(source, cursor('1'));
    await state.save();
    expect(readdirSync(folder)).toEqual(['state.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each(['', 'null', '{"version":2,"cursors":{}}', '{"version":1,"cursors":{"a":{"cursor":{"version":9}}}}', '[]'])(
    'that is none (%p) is told with its cure',
    (text) => {
      writeFileSync(file, text);
      expect(() => new CursorState(file, false)).toThrow(
        `${file}: not a state file of activity-calendar; name another file, or remove this one to read all again`,
      );
    },
  );
});
