import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { defaultsDir } from '../defaults/defaults-dir.ts';
import { backendNames } from './backend-name.ts';
import { chooseBackends } from './choose-backends.ts';

const temp = tempFolder();
const sample = readFileSync(path.join(defaultsDir(), 'ban-with.conf'), 'utf8');
const context = { table: 'sluice', portsOf: () => undefined, rejects: { next: () => {} } };

/** What the file makes of these names. */
function choose(text: string, banWith?: typeof backendNames) {
  writeFileSync(temp('ban-with.conf'), text);
  const options = { banWith, file: temp('ban-with.conf'), isFileOptional: false, otherwise: 'netfilter' as const };
  return chooseBackends(options, context);
}

describe('the ban-with.conf that comes along', () => {
  test('says nothing as it is', () => {
    expect(choose(sample)).toMatchObject({ runsActions: false, backends: [{ name: 'netfilter', isRequired: true }] });
  });

  test('shows every option of everything, each with a value that it takes', () => {
    const fitting = sample
      .replace(/^#required = .*\n/m, '')
      // These exclude others that are shown, or name files.
      .replace(/^#(passestablished|devices|headersfile|secretfile) = .*\n/gm, '')
      .replace(/^#(?=[a-z0-9-]+ = )/gm, '');
    const { runsActions, backends } = choose(fitting, backendNames);
    expect([runsActions, backends.map(({ name }) => name)]).toEqual([false, backendNames]);
    expect(choose(fitting)).toEqual({ runsActions: true, backends: [] });
  });

  test.each(backendNames)('names all options of [%s]', (name) => {
    const [, section = ''] = new RegExp(`^\\[${name}\\]\\n([^[]*)`, 'm').exec(sample) ?? [];
    const shown = [...section.matchAll(/^#([a-z0-9]+) = /gm)].map(([, option]) => option);
    let message = '';
    try {
      choose(`[${name}]\nnosuchoption = x\n`, [name] as never);
    } catch (error) {
      ({ message } = error as Error);
    }
    const [, known = ''] = /write one of (.*)$/.exec(message) ?? [];
    expect([...shown, 'required'].sort()).toEqual(known.split(', ').sort());
  });
});
